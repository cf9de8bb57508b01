import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { BucketedWindow } from '../libs/rate-limit/src/client-window';
import { RingTable } from '../libs/rate-limit/src/ring-table';
import { BUCKETED_WINDOW_LUA } from '../libs/rate-limit/src/sliding-window.lua';
import { describeWithRedis, RedisServer } from './support/redis-server';

jest.setTimeout(60_000);

const BUCKETS = 100;
const CLOCK = "redis.call('TIME')";
const EXPIRY = "redis.call('PEXPIRE', key, life)";
const CLOCKED_LUA = BUCKETED_WINDOW_LUA.replace(CLOCK, () => '{ARGV[3], ARGV[4]}').replace(
  EXPIRY,
  () => "redis.call('PEXPIRE', key, 600000)",
);
const START_MS = 1_790_000_000_000;
const SEED = 20261126;

type Decision = readonly [accepted: number, used: number, resetMs: number];

/** The documented approximation in its plainest form: a request counts until the end of its bucket has left. */
function plainModel(arrivals: readonly number[], limit: number, windowMs: number): Decision[] {
  const widthMs = windowMs / BUCKETS;
  const ends: number[] = [];
  return arrivals.map((now) => {
    const counted = ends.filter((end) => end > now - windowMs);
    if (counted.length >= limit) {
      const leaving = counted[counted.length - limit]!;
      return [0, counted.length, leaving + windowMs - now];
    }
    ends.push((Math.floor(now / widthMs) + 1) * widthMs);
    return [1, counted.length + 1, (counted[0] ?? ends.at(-1)!) + windowMs - now];
  });
}

const scenario = fc
  .record({
    // A bucket is a whole number of milliseconds, so that the model and the script agree to the last digit.
    widthMs: fc.integer({ min: 1, max: 1_000 }),
    limit: fc.integer({ min: 1, max: 12 }),
  })
  .chain(({ widthMs, limit }) => {
    const windowMs = widthMs * BUCKETS;
    const gap = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(0, 0, 1) },
      { weight: 4, arbitrary: fc.nat({ max: Math.ceil(windowMs / 3) }) },
      { weight: 3, arbitrary: fc.constantFrom(windowMs - 1, windowMs, windowMs + 1, widthMs) },
      { weight: 1, arbitrary: fc.nat({ max: windowMs * 3 }) },
    );
    return fc.record({
      windowMs: fc.constant(windowMs),
      limit: fc.constant(limit),
      gaps: fc.array(gap, { minLength: 1, maxLength: 60 }),
    });
  });

const arrivalsOf = (gaps: readonly number[]): number[] => {
  let atMs = START_MS;
  return gaps.map((gap) => (atMs += gap));
};

describeWithRedis('counting in buckets', () => {
  let redis: RedisServer;
  let client: Redis;
  let keys = 0;
  let sha: string;
  beforeAll(async () => {
    redis = await RedisServer.start();
    client = redis.client();
    sha = (await client.script('LOAD', CLOCKED_LUA)) as string;
  });
  afterAll(async () => {
    await client.quit();
    await redis.stop();
  });

  async function decide(
    arrivals: readonly number[],
    limits: (i: number) => number,
    windowMs: number,
    key = `buckets:${++keys}`,
  ): Promise<Decision[]> {
    const pipeline = client.pipeline();
    for (const [i, atMs] of arrivals.entries()) {
      pipeline.evalsha(
        sha,
        1,
        key,
        windowMs,
        limits(i),
        Math.floor(atMs / 1000),
        (atMs % 1000) * 1000,
      );
    }
    const replies = (await pipeline.exec()) ?? [];
    return replies.map(([error, reply]) => {
      if (error) throw error;
      return reply as Decision;
    });
  }

  function decideInMemory(
    arrivals: readonly number[],
    limit: number,
    windowMs: number,
  ): Decision[] {
    const table = new RingTable();
    const window = new BucketedWindow(table);
    const row = table.open();
    return arrivals.map((now) => {
      window.expire(row, now, windowMs);
      const used = window.used(row);
      if (used >= limit) {
        return [0, used, windowMs - (now - window.oldest(row, used - limit + 1))];
      }
      window.accept(row, now, windowMs);
      return [1, used + 1, windowMs - (now - window.oldest(row, 1))];
    });
  }

  test('only the clock and the life of the key are replaced', () => {
    expect(BUCKETED_WINDOW_LUA.split(CLOCK)).toHaveLength(2);
    expect(BUCKETED_WINDOW_LUA.split(EXPIRY)).toHaveLength(2);
  });

  test('Redis and memory decide as the model does, never more than the limit in any window', async () => {
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(scenario, async ({ windowMs, limit, gaps }) => {
        const arrivals = arrivalsOf(gaps);
        const expected = plainModel(arrivals, limit, windowMs);
        const decisions = await decide(arrivals, () => limit, windowMs);
        expect(decisions).toEqual(expected);
        expect(decideInMemory(arrivals, limit, windowMs)).toEqual(expected);
        const times = arrivals.filter((_, i) => decisions[i]![0] === 1);
        for (let i = limit; i < times.length; i++) {
          expect(times[i]! - times[i - limit]!).toBeGreaterThanOrEqual(windowMs);
        }
        refusals += arrivals.length - times.length;
      }),
      { seed: SEED, numRuns: 400 },
    );
    expect(refusals).toBeGreaterThan(300);
  });

  test('a lowered limit waits for as many buckets as it takes', async () => {
    const arrivals = [0, 0, 10, 10, 20, 30].map((gap) => START_MS + gap);
    const decisions = await decide(arrivals, (i) => (i < 5 ? 10 : 2), 1_000);
    // Used 5, allowed 2: the bucket of the third and fourth, which ends at 20, has to leave, at 1,020.
    expect(decisions.at(-1)).toEqual([0, 5, 990]);
  });

  test('a clock set back by up to a window shortens none; by more, it starts anew', async () => {
    const key = `buckets:${++keys}`;
    const one = async (atMs: number): Promise<Decision> =>
      (await decide([atMs], () => 1, 1_000, key))[0]!;
    expect(await one(START_MS + 5_000)).toEqual([1, 1, 1_010]);
    expect((await one(START_MS + 4_500))[0]).toBe(0);
    expect((await one(START_MS + 6_009))[0]).toBe(0);
    expect((await one(START_MS + 6_010))[0]).toBe(1);
    expect((await one(START_MS))[0]).toBe(1);
    expect((await one(START_MS + 10))[0]).toBe(0);
  });

  test('a clock set forward by years costs no time', async () => {
    const key = `buckets:${++keys}`;
    await decide([START_MS], () => 1, 100, key);
    const started = performance.now();
    await decide([START_MS + 3e11], () => 1, 100, key);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('a million requests of one client keep one small key, which goes with the window', async () => {
    await client.eval(
      "for i = 1, 100 do redis.call('HSET', KEYS[1], i, 10000) end",
      1,
      'unrelated',
    );
    const used = (await client.memory('USAGE', 'unrelated')) ?? Infinity;
    expect(used).toBeLessThan(16_384);
    const life = await client.eval(BUCKETED_WINDOW_LUA, 1, 'live', 60_000, 1_000_000);
    expect(life).toEqual([1, 1, expect.any(Number)]);
    expect(await client.pttl('live')).toBeGreaterThan(60_000);
    expect(await client.pttl('live')).toBeLessThanOrEqual(60_600);
  });
});
