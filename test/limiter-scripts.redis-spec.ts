import type { Redis } from 'ioredis';
import { keySlot } from '../libs/rate-limit/src/key-slot';
import { SlidingWindowRedisStorage } from '../libs/rate-limit/src/sliding-window-redis.storage';
import { UndeliveredError } from '../libs/rate-limit/src/undelivered.error';
import { describeWithRedis, RedisServer } from './support/redis-server';

const WINDOW_MS = 10_000;
const LARGE = 20_000;

describeWithRedis('the scripts of the limiter', () => {
  let redis: RedisServer;
  let client: Redis;
  let storage: SlidingWindowRedisStorage;
  beforeAll(async () => {
    redis = await RedisServer.start();
    client = redis.client();
    storage = new SlidingWindowRedisStorage(client);
  });
  afterAll(async () => {
    await client.quit();
    await redis.stop();
  });
  beforeEach(() => client.flushall());

  const calls = async (name: string): Promise<number> => {
    const stats = await client.info('commandstats');
    return Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
  };

  test('the requests of one turn of the event loop share one call, in order', async () => {
    await storage.hit('warm', 1, WINDOW_MS);
    const before = await calls('evalsha');
    const keys = ['a', 'b', 'a', 'c', 'a', 'b', 'a'];
    const decisions = await Promise.all(keys.map((key) => storage.hit(key, 2, WINDOW_MS)));
    expect(decisions.map(({ accepted, used }) => [accepted, used])).toEqual([
      [true, 1],
      [true, 1],
      [true, 2],
      [true, 1],
      [false, 2],
      [true, 2],
      [false, 2],
    ]);
    expect((await calls('evalsha')) - before).toBe(1);
  });

  test('other limits and windows get calls of their own, and long batches are cut', async () => {
    await storage.hit('warm', 1, WINDOW_MS);
    const before = await calls('evalsha');
    const hits = [
      ...Array.from({ length: 600 }, (_, i) => storage.hit(`k${i % 300}`, 1, WINDOW_MS)),
      storage.hit('x', 2, WINDOW_MS),
      storage.hit('x', 2, 2 * WINDOW_MS),
    ];
    const accepted = (await Promise.all(hits)).filter((decision) => decision.accepted);
    expect(accepted).toHaveLength(302);
    expect((await calls('evalsha')) - before).toBe(5);
  });

  test('a key that holds something else fails alone', async () => {
    await client.set('spoiled', 'text');
    const outcomes = await Promise.allSettled(
      ['good', 'spoiled', 'good'].map((key) => storage.hit(key, 10, WINDOW_MS)),
    );
    expect(outcomes).toMatchObject([
      { status: 'fulfilled', value: { accepted: true, used: 1 } },
      { status: 'rejected', reason: { name: 'ReplyError' } },
      { status: 'fulfilled', value: { accepted: true, used: 2 } },
    ]);
    expect((outcomes[1] as PromiseRejectedResult).reason.message).toMatch(/WRONGTYPE/);
  });

  test('two windows, or two forms of count, of one client do not meet', async () => {
    // The prefixes differ by window and form; the scripts never meet in one key.
    expect((await storage.hit('c:requests', 10, WINDOW_MS)).used).toBe(1);
    expect((await storage.hit('c:buckets', LARGE, WINDOW_MS)).used).toBe(1);
    expect(await client.type('c:requests')).toBe('list');
    expect(await client.type('c:buckets')).toBe('hash');
  });

  test('the slot of a key is what Redis says', async () => {
    for (const key of ['a', 'ratelimit:predict:60s:requests:192.0.2.1', '{x}y', '{}z', 'ü']) {
      expect(await client.cluster('KEYSLOT', key).catch(() => keySlot(key))).toBe(keySlot(key));
    }
  });

  describe('writing back', () => {
    const add = (key: string, limit: number, pairs: readonly (readonly [number, number])[]) =>
      storage.writeBack([
        {
          key,
          windowMs: WINDOW_MS,
          limit,
          ages: pairs.map(([age]) => age),
          counts: pairs.map(([, count]) => count),
        },
      ]);

    test('adds to what is there, in the order of time, and leaves out what has left', async () => {
      await storage.hit('k', 5, WINDOW_MS);
      await add('k', 5, [
        [WINDOW_MS + 1, 1],
        [4_000, 1],
        [2_000, 1],
      ]);
      const times = (await client.lrange('k', 0, -1)).map(Number);
      expect(times).toHaveLength(3);
      expect([...times].sort((a, b) => a - b)).toEqual(times);
      expect(times[2]! - times[0]!).toBeGreaterThanOrEqual(3_990_000);
      const decision = await storage.hit('k', 4, WINDOW_MS);
      expect(decision).toMatchObject({ accepted: true, used: 4 });
      expect(decision.resetMs).toBeGreaterThan(5_900);
      expect(decision.resetMs).toBeLessThanOrEqual(6_000);
      expect((await storage.hit('k', 4, WINDOW_MS)).accepted).toBe(false);
      expect(await client.pttl('k')).toBeLessThanOrEqual(WINDOW_MS);
    });

    test('more than the limit keeps the client waiting until enough have left', async () => {
      await add('k', 2, [
        [9_000, 1],
        [8_000, 1],
        [3_000, 1],
      ]);
      const refused = await storage.hit('k', 2, WINDOW_MS);
      expect(refused).toMatchObject({ accepted: false, used: 3 });
      expect(refused.resetMs).toBeGreaterThan(1_900);
      expect(refused.resetMs).toBeLessThanOrEqual(2_000);
    });

    test('adds to buckets likewise', async () => {
      await storage.hit('b', LARGE, WINDOW_MS);
      await add('b', LARGE, [
        [WINDOW_MS * 2, 7],
        [5_000, 15_000],
        [0, 4_000],
      ]);
      expect(await storage.hit('b', LARGE, WINDOW_MS)).toMatchObject({
        accepted: true,
        used: 19_002,
      });
      await add('b', LARGE, [[0, 998]]);
      const refused = await storage.hit('b', LARGE, WINDOW_MS);
      expect(refused).toMatchObject({ accepted: false, used: LARGE });
      expect(refused.resetMs).toBeGreaterThan(4_800);
      expect(refused.resetMs).toBeLessThanOrEqual(5_100);
    });

    test('loses nothing where Redis takes no writes', async () => {
      await storage.hit('k', 5, WINDOW_MS);
      await client.config('SET', 'maxmemory', '1');
      const lost = await add('k', 5, [[4_000, 1]]).catch((error: unknown) => error);
      await client.config('SET', 'maxmemory', '0');
      expect(lost).toBeInstanceOf(UndeliveredError);
      expect(lost).toMatchObject({ hits: [{ key: 'k' }], cause: { name: 'ReplyError' } });
      expect(await client.llen('k')).toBe(1);
    });

    test('a key that holds something else does not keep the others from it', async () => {
      await client.set('spoiled', 'text');
      const hit = { windowMs: WINDOW_MS, limit: 5, ages: [0], counts: [1] };
      await storage.writeBack([
        { ...hit, key: 'spoiled' },
        { ...hit, key: 'good' },
      ]);
      expect(await client.llen('good')).toBe(1);
    });
  });
});
