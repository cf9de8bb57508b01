import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, ApiProcess } from './support/api-process';
import { describeWithRedis, RedisServer } from './support/redis-server';

describeWithRedis('restarts under load', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());
  afterEach(() => ApiProcess.stopAll());

  test('20 restarts drop no request, reset no connection and answer no 5xx', async () => {
    const answers: Answer[] = [];
    const failures: unknown[] = [];
    let clients = 0;
    for (let restart = 0; restart < 20; restart++) {
      const api = await ApiProcess.start({
        ...redis.env,
        TRUST_PROXY: '1',
        SHUTDOWN_DELAY_SECONDS: '1',
      });
      const load = { stopping: false };
      // Clients that keep their connections, as a balancer does until the probe tells it to go elsewhere.
      const callers = Array.from({ length: 8 }, async () => {
        while (!load.stopping) {
          clients += 1;
          const client = `10.${clients >> 16}.${(clients >> 8) & 255}.${clients & 255}`;
          await api.predict({ 'x-forwarded-for': client }).then(
            (answer) => answers.push(answer),
            (error: unknown) => failures.push(error),
          );
        }
      });
      await sleep(100);
      api.signal('SIGTERM');
      await sleep(800);
      load.stopping = true;
      await Promise.all(callers);
      expect(await api.exited()).toBe(0);
      await api.stop();
    }
    expect(failures).toEqual([]);
    expect(answers.length).toBeGreaterThan(1000);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  }, 120_000);
});
