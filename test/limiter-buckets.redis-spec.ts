import fc from 'fast-check';
import { BucketedWindow } from '../libs/rate-limit/src/client-window';
import { RingTable } from '../libs/rate-limit/src/ring-table';
import { BUCKETED_WINDOW_LUA } from '../libs/rate-limit/src/sliding-window.lua';
import {
  acceptedTimes,
  type Arrival,
  arrivalsOf,
  ClockedScript,
  type Decision,
  gapFor,
  START_MS,
} from './support/clocked-script';
import { describeWithRedis } from './support/redis-server';

jest.setTimeout(60_000);

const BUCKETS = 100;
const EXPIRY = "redis.call('PEXPIRE', key, life)";
const SEED = 20261126;

/** The documented approximation in its plainest form: a request counts until the end of its bucket has left. */
function plainModel(arrivals: readonly Arrival[], windowMs: number): Decision[] {
  const widthMs = windowMs / BUCKETS;
  const ends: number[] = [];
  return arrivals.map(({ atMs: now, limit }) => {
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
    return fc.record({
      windowMs: fc.constant(windowMs),
      limit: fc.constant(limit),
      gaps: fc.array(gapFor(windowMs, widthMs), { minLength: 1, maxLength: 60 }),
    });
  });

describeWithRedis('counting in buckets', () => {
  let script: ClockedScript;
  beforeAll(async () => {
    script = await ClockedScript.start(BUCKETED_WINDOW_LUA, EXPIRY);
  });
  afterAll(() => script.stop());

  function decideInMemory(arrivals: readonly Arrival[], windowMs: number): Decision[] {
    const table = new RingTable();
    const window = new BucketedWindow(table);
    const row = table.open();
    return arrivals.map(({ atMs: now, limit }) => {
      window.expire(row, now, windowMs);
      const used = window.used(row);
      if (used >= limit) {
        return [0, used, windowMs - (now - window.oldest(row, used - limit + 1))];
      }
      window.accept(row, now, windowMs);
      return [1, used + 1, windowMs - (now - window.oldest(row, 1))];
    });
  }

  test('Redis and memory decide as the model does, never more than the limit in any window', async () => {
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(scenario, async ({ windowMs, limit, gaps }) => {
        const arrivals = arrivalsOf(gaps, limit);
        const expected = plainModel(arrivals, windowMs);
        const decisions = await script.decide(arrivals, windowMs);
        expect(decisions).toEqual(expected);
        expect(decideInMemory(arrivals, windowMs)).toEqual(expected);
        const times = acceptedTimes(arrivals, decisions);
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
    const arrivals = [0, 0, 10, 10, 20, 30].map((afterMs, i) => ({
      atMs: START_MS + afterMs,
      limit: i < 5 ? 10 : 2,
    }));
    const decisions = await script.decide(arrivals, 1_000);
    // Used 5, allowed 2: the bucket of the third and fourth, which ends at 20, has to leave, at 1,020.
    expect(decisions.at(-1)).toEqual([0, 5, 990]);
  });

  test('a clock set back by up to a window shortens none; by more, it starts anew', async () => {
    const key = script.freshKey();
    const one = async (atMs: number): Promise<Decision> =>
      (await script.decide([{ atMs, limit: 1 }], 1_000, key))[0]!;
    expect(await one(START_MS + 5_000)).toEqual([1, 1, 1_010]);
    expect((await one(START_MS + 4_500))[0]).toBe(0);
    expect((await one(START_MS + 6_009))[0]).toBe(0);
    expect((await one(START_MS + 6_010))[0]).toBe(1);
    expect((await one(START_MS))[0]).toBe(1);
    expect((await one(START_MS + 10))[0]).toBe(0);
  });

  test('a clock set forward by years costs no time', async () => {
    const key = script.freshKey();
    await script.decide([{ atMs: START_MS, limit: 1 }], 100, key);
    const started = performance.now();
    await script.decide([{ atMs: START_MS + 3e11, limit: 1 }], 100, key);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('a million requests of one client keep one small key, which goes with the window', async () => {
    const { client } = script;
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
