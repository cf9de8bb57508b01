import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RateLimitOptions } from '@inferserve/rate-limit';
import type { Redis } from 'ioredis';
import { Limiter, takeLines } from './support/limiter';
import { describeWithRedis, RedisServer } from './support/redis-server';
import { TcpProxy } from './support/tcp-proxy';

jest.setTimeout(30_000);

describeWithRedis('replicas that share a Redis', () => {
  let redis: RedisServer;
  let admin: Redis;
  const running: { stop(): unknown }[] = [];
  beforeEach(async () => {
    takeLines();
    redis = await RedisServer.start();
    admin = redis.client();
  });
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
    admin.disconnect();
    await redis.stop();
  });

  const replica = async (
    options: Partial<RateLimitOptions> = {},
    port = redis.port,
  ): Promise<Limiter> => {
    const limiter = await Limiter.start({
      redis: { host: '127.0.0.1', port, tls: false },
      ...options,
    });
    running.push(limiter);
    return limiter;
  };
  const scriptCalls = async (): Promise<number> => {
    const stats = await admin.info('commandstats');
    return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1] ?? 0);
  };

  test('a client refused because of the other is then refused from memory, without asking Redis', async () => {
    const [a, b] = [await replica(), await replica()];
    expect(await a.accepted(10, 'k')).toBe(10);
    expect(await b.hit('k')).toMatchObject({ isBlocked: true, backend: 'redis' });
    const before = await scriptCalls();
    for (let i = 0; i < 50; i++) {
      expect(await b.hit('k')).toMatchObject({ isBlocked: true, reason: 'remembered' });
    }
    expect(await scriptCalls()).toBe(before);
  });

  test('its local count stays right for an outage that follows', async () => {
    const windowMs = 2_000;
    const [a, b] = [await replica({ windowMs }), await replica({ windowMs })];
    expect(await a.accepted(7, 'k')).toBe(7);
    expect(await b.accepted(20, 'k')).toBe(3);
    await redis.kill();
    await b.degraded(true);
    expect(await b.accepted(5, 'k')).toBe(0);
    // Its refusals end with the window of the other's requests; then it has ten minus its own three.
    await sleep(windowMs);
    expect(await b.accepted(20, 'k')).toBe(10);
  });

  test('what each accepted in an outage is in the shared window afterwards', async () => {
    const [a, b] = [await replica(), await replica()];
    expect(await a.accepted(2, 'k')).toBe(2);
    redis.signal('SIGSTOP');
    await Promise.all(['x', 'y', 'z'].flatMap((key) => [a.hit(key), b.hit(key)]));
    await Promise.all([a.degraded(true), b.degraded(true)]);
    expect(await a.accepted(3, 'k')).toBe(3);
    expect(await b.accepted(4, 'k')).toBe(4);
    redis.signal('SIGCONT');
    await Promise.all([a.degraded(false), b.degraded(false)]);
    expect(await admin.llen('k')).toBe(9);
    const c = await replica();
    expect(await c.accepted(5, 'k')).toBe(1);
    expect(await a.accepted(5, 'k')).toBe(0);
  });

  test('the same above the exact limits', async () => {
    const options = { limit: 20_000 };
    const [a, b] = [await replica(options), await replica(options)];
    expect(await a.accepted(2_000, 'k')).toBe(2_000);
    redis.signal('SIGSTOP');
    await Promise.all(['x', 'y', 'z'].flatMap((key) => [a.hit(key), b.hit(key)]));
    await Promise.all([a.degraded(true), b.degraded(true)]);
    expect(await a.accepted(3_000, 'k')).toBe(3_000);
    expect(await b.accepted(14_000, 'k')).toBe(14_000);
    redis.signal('SIGCONT');
    await Promise.all([a.degraded(false), b.degraded(false)]);
    const c = await replica(options);
    expect(await c.accepted(1_500, 'k')).toBe(1_000);
  });

  test('an outage of many clients is written back without stalling the requests that follow', async () => {
    const a = await replica();
    redis.signal('SIGSTOP');
    await Promise.all(['x', 'y', 'z'].map((key) => a.hit(key)));
    await a.degraded(true);
    const clients = 5_000;
    for (let i = 0; i < clients; i++) for (let k = 0; k < 3; k++) await a.hit(`client:${i}`);
    redis.signal('SIGCONT');
    await a.degraded(false);
    const worst = { ms: 0 };
    for (let i = 0; i < 200; i++) {
      const started = performance.now();
      expect((await a.hit(`after:${i}`)).backend).toBe('redis');
      worst.ms = Math.max(worst.ms, performance.now() - started);
    }
    expect(worst.ms).toBeLessThan(100);
    const lengths = await Promise.all(
      Array.from({ length: clients }, (_, i) => admin.llen(`client:${i}`)),
    );
    expect(new Set(lengths)).toEqual(new Set([3]));
  });

  test('a decision past the deadline is counted, and the late reply corrects what is remembered', async () => {
    const proxy = await TcpProxy.start(redis.port);
    running.push(proxy);
    const slow = await replica({}, proxy.port);
    const quick = await replica();
    expect(await quick.accepted(10, 'k')).toBe(10);
    proxy.set('delay');
    const started = performance.now();
    expect(await slow.hit('k')).toMatchObject({
      isBlocked: false,
      backend: 'memory',
      reason: 'deadline',
    });
    const ms = performance.now() - started;
    expect(ms).toBeGreaterThanOrEqual(99);
    expect(ms).toBeLessThan(200);
    expect(slow.isDegraded).toBe(false);
    await sleep(700);
    expect(await slow.hit('k')).toMatchObject({ isBlocked: true, reason: 'remembered' });
    proxy.set('forward');
    await sleep(700);
    // The eleventh, which was served, counts in the shared window as well.
    expect(await admin.llen('k')).toBe(11);
  });

  test('the deadline is a setting', async () => {
    const a = await replica({ deadlineMs: 400 });
    redis.signal('SIGSTOP');
    const started = performance.now();
    expect(await a.hit('k')).toMatchObject({ reason: 'deadline' });
    expect(performance.now() - started).toBeGreaterThanOrEqual(399);
    redis.signal('SIGCONT');
  });

  test('three requests of a client whose key holds something else do not concern the others', async () => {
    const a = await replica();
    await admin.set('spoiled', 'text');
    expect(await a.accepted(12, 'spoiled')).toBe(10);
    expect(a.isDegraded).toBe(false);
    expect((await a.hit('another')).backend).toBe('redis');
    expect(takeLines().filter((line) => line.includes('(WRONGTYPE)'))).toHaveLength(1);
  });

  describe('name spaces', () => {
    test('databases are apart', async () => {
      const at = (db: number) => ({
        redis: { host: '127.0.0.1', port: redis.port, tls: false, db },
      });
      const [zero, one] = [await replica(at(0)), await replica(at(1))];
      expect(await zero.accepted(10, 'k')).toBe(10);
      expect(await one.accepted(20, 'k')).toBe(10);
      expect(await zero.accepted(1, 'k')).toBe(0);
    });

    test('a changed limit holds for the windows that run', async () => {
      const [ten, twelve] = [await replica(), await replica({ limit: 12 })];
      expect(await ten.accepted(10, 'k')).toBe(10);
      expect(await twelve.accepted(10, 'k')).toBe(2);
      const five = await replica({ limit: 5 });
      expect(await five.accepted(1, 'k')).toBe(0);
    });
  });

  describe('idle connections', () => {
    test('that Redis closes come back without an alarm', async () => {
      await admin.config('SET', 'timeout', '1');
      const a = await replica();
      expect(await a.accepted(3, 'k')).toBe(3);
      const connected = () => a.client.status === 'ready';
      const closes: number[] = [];
      a.client.on('close', () => closes.push(Date.now()));
      for (let waited = 0; closes.length < 2 && waited < 12_000; waited += 50) await sleep(50);
      expect(closes.length).toBeGreaterThanOrEqual(2);
      while (!connected()) await sleep(5);
      expect((await a.hit('k')).backend).toBe('redis');
      expect(a.failures).toEqual([]);
      expect(a.breakers).toEqual([]);
      expect(takeLines().filter((line) => line.includes('unavailable'))).toEqual([]);
    });

    test('requests in the very moment of the close wait for the next connection', async () => {
      const proxy = await TcpProxy.start(redis.port);
      running.push(proxy);
      const a = await replica({ onRedisFailure: 'closed' }, proxy.port);
      for (let round = 0; round < 10; round++) {
        proxy.closeAll();
        const decided = await Promise.all(
          Array.from({ length: 20 }, async (_, i) => {
            await sleep(i);
            return a.hit(`${round}:${i}`);
          }),
        );
        expect(new Set(decided.map(({ backend }) => backend))).toEqual(new Set(['redis']));
      }
      expect(a.breakers).toEqual([]);
    });
  });

  test('a user with the documented permissions can do all of it', async () => {
    const page = readFileSync('docs/operations.md', 'utf8');
    const rules = /needs\n\n```text\n(.*)\n```/.exec(page)![1]!.split(' ');
    await admin.call('ACL', 'SETUSER', 'limiter', 'on', '>secret', ...rules);
    const options = {
      redis: {
        host: '127.0.0.1',
        port: redis.port,
        tls: false,
        username: 'limiter',
        password: 'secret',
      },
    };
    for (const limit of [10, 20_000]) {
      const a = await replica({ ...options, limit });
      const key = `ratelimit:predict:60s:${limit}:192.0.2.1`;
      expect(await a.accepted(12, key)).toBe(Math.min(limit, 12));
      redis.signal('SIGSTOP');
      await Promise.all(['x', 'y', 'z'].map((name) => a.hit(`ratelimit:${name}`)));
      await a.degraded(true);
      expect(await a.accepted(2, `${key}2`)).toBe(2);
      redis.signal('SIGCONT');
      await a.degraded(false);
      expect(await a.hit(`${key}2`)).toMatchObject({ backend: 'redis', totalHits: 3 });
      expect(new Set(a.failures)).toEqual(new Set(['timeout DEADLINE']));
    }
    expect(takeLines().join()).not.toContain('NOPERM');
  });

  test('start-up with a limit of 0 opens no connection', async () => {
    const a = await replica({ limit: 0 });
    expect(a.client).toBeNull();
    expect(takeLines().join()).toContain('Requests are not limited');
  });
});
