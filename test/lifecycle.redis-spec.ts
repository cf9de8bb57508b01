import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, ApiProcess } from './support/api-process';
import { describeWithRedis, RedisServer } from './support/redis-server';

/** Process ids of the children of a process. */
function childrenOf(pid: number): number[] {
  const text = execFileSync('ps', ['--ppid', String(pid), '-o', 'pid='], { encoding: 'utf8' });
  return text.trim().split(/\s+/).map(Number);
}

describe('a process', () => {
  let api: ApiProcess;
  afterEach(() => ApiProcess.stopAll());

  test('says what it runs with', async () => {
    api = await ApiProcess.start({ RATE_LIMIT: '7' });
    const line = api.log.split('\n').find((text) => text.includes('Listening'))!;
    expect(JSON.parse(line)).toMatchObject({
      model: { name: 'iris', version: '1', contentHash: expect.stringMatching(/^sha256:/) },
      limit: 7,
      windowSeconds: 60,
      store: 'memory',
      onRedisFailure: 'local',
    });
    expect(api.log).toContain('No Redis configured');
  });

  test.each([
    [{ RATE_LIMIT: '-1', PORT: 'x' }, /PORT="x".*\n.*RATE_LIMIT="-1"/],
    [{ MODEL_NAME: 'nope' }, /artifacts\/nope: cannot be read\. Set MODEL_NAME/],
    [{ MODEL_VERSION: '9' }, /iris\/9\/model\.json: cannot be read\. Check MODEL_NAME/],
    [{ WEB_CONCURRENCY: '2' }, /WEB_CONCURRENCY above 1 needs REDIS_HOST/],
  ])('does not start with %j, and says why', async (variables, message) => {
    await expect(ApiProcess.start(variables)).rejects.toThrow(message);
  });

  test('one line a request, with its id and without the address; none for probes', async () => {
    api = await ApiProcess.start({ TRUST_PROXY: '1' });
    const given = { 'x-request-id': 'my-id-1', 'x-forwarded-for': '203.0.113.77' };
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    expect((await api.predict({ ...given, traceparent })).headers['x-request-id']).toBe('my-id-1');
    const made = (await api.predict({ 'x-request-id': 'not sane\t"' })).headers['x-request-id'];
    expect(made).toMatch(/^[\da-f-]{36}-\d+$/);
    await api.get('/health/ready');
    await api.get('/metrics');
    await sleep(100);
    const lines = api.log
      .split('\n')
      .filter((line) => line.includes('"msg":"request"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      requestId: 'my-id-1',
      method: 'POST',
      route: '/predict',
      status: 200,
      ms: expect.any(Number),
      client: '203.0.113.0/24',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    });
    expect(lines[1]).toMatchObject({ requestId: made });
    expect(api.log).not.toContain('203.0.113.77');
  });

  test('Server-Timing tells the stages where it is switched on', async () => {
    api = await ApiProcess.start({ SERVER_TIMING: 'true' });
    const timing = (await api.predict()).headers['server-timing'];
    expect(timing).toMatch(/^limit;dur=[\d.]+, validate;dur=[\d.]+, score;dur=[\d.]+$/);
  });

  test('SIGTERM: not ready at once, still serving, then gone with code 0', async () => {
    api = await ApiProcess.start({ SHUTDOWN_DELAY_SECONDS: '1' });
    expect((await api.get('/health/ready')).status).toBe(200);
    api.signal('SIGTERM');
    await api.printed(/no longer ready/);
    const ready = await api.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text)).toMatchObject({ detail: 'Not ready: shutdown' });
    const served = await api.predict();
    expect([served.status, served.headers['connection']]).toEqual([200, 'close']);
    expect(await api.exited()).toBe(0);
  });

  test('a second signal ends it at once', async () => {
    api = await ApiProcess.start({ SHUTDOWN_DELAY_SECONDS: '60' });
    api.signal('SIGTERM');
    await api.printed(/no longer ready/);
    api.signal('SIGTERM');
    expect(await api.exited()).toBe(1);
  });

  test('an error that nobody caught is logged and ends it with a code', async () => {
    const thrower =
      'data:text/javascript,setTimeout(()=>{throw new Error("nobody%20caught")},5000)';
    api = await ApiProcess.start({}, ['--import', thrower]);
    expect(await api.exited()).toBe(1);
    expect(api.log).toContain('"level":"fatal"');
    expect(api.log).toContain('Unexpected error, ending: nobody caught');
  });
});

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
    await api.printed(new RegExp(`Worker ${victim} ended`));
    await api.printed(/(Listening[\s\S]*){3}/);
    expect(childrenOf(api.pid)).toHaveLength(2);
    expect((await api.get('/health/ready')).status).toBe(200);
    api.signal('SIGTERM');
    expect(await api.exited()).toBe(0);
    await api.stop();
  }, 20_000);

  test('two processes that share a Redis accept exactly 10 of 200 requests at once', async () => {
    const server = await RedisServer.start();
    // The count is what is asked here, not how fast a busy machine is.
    const env = { ...server.env, RATE_LIMIT_DEADLINE_MS: '5000' };
    const replicas = await Promise.all([ApiProcess.start(env), ApiProcess.start(env)]);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => replicas[i % 2]!.predict()),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(190);
    await server.stop();
  }, 20_000);
});
