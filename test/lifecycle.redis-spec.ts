import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from './support/api-process';
import { childrenOf } from './support/children-of';
import { describeWithRedis, RedisServer } from './support/redis-server';

describeWithRedis('under load', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());
  afterEach(async () => {
    await ApiProcess.stopAll();
    const client = redis.client();
    await client.flushall();
    await client.quit();
  });

  test('what is in flight at the end of the delay is finished', async () => {
    const api = await ApiProcess.start({ ...redis.env, SHUTDOWN_DELAY_SECONDS: '0' });
    redis.signal('SIGSTOP');
    const slow = api.predict();
    await sleep(20);
    api.signal('SIGTERM');
    expect((await slow).status).toBe(200);
    redis.signal('SIGCONT');
    expect(await api.exited()).toBe(0);
    await api.stop();
  });

  test('workers share one port, one limit and one /metrics; a dead one is replaced', async () => {
    const api = await ApiProcess.start({
      ...redis.env,
      WEB_CONCURRENCY: '2',
      SHUTDOWN_DELAY_SECONDS: '0',
    });
    await api.printed(/Listening[\s\S]*Listening/);
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.predict()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const { text } = await api.get('/metrics');
    const accepted = [...text.matchAll(/decisions_total\{outcome="accepted".*\} (\d+)/g)];
    expect(accepted.map((match) => match[1])).toEqual(['10']);

    const [victim] = childrenOf(api.pid);
    process.kill(victim!, 'SIGKILL');
    await api.printed(new RegExp(`Worker ${victim} exited`));
    await api.printed(/(Listening[\s\S]*){3}/);
    expect(childrenOf(api.pid)).toHaveLength(2);
    expect((await api.get('/health/ready')).status).toBe(200);
    api.signal('SIGTERM');
    expect(await api.exited()).toBe(0);
    await api.stop();
  }, 20_000);

  test('two processes that share a Redis accept exactly 10 of 200 requests at once', async () => {
    const server = await RedisServer.start();
    // A busy machine must not make a decision late: that would be made without Redis.
    const variables = { ...server.env, RATE_LIMIT_DEADLINE_MS: '5000' };
    const replicas = await Promise.all([ApiProcess.start(variables), ApiProcess.start(variables)]);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => replicas[i % 2]!.predict()),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(190);
    await server.stop();
  }, 20_000);
});
