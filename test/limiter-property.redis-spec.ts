import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { SLIDING_WINDOW_LUA } from '../libs/rate-limit/src/sliding-window.lua';
import { SlidingWindowMemoryStorage } from '../libs/rate-limit/src/sliding-window-memory.storage';
import { SlidingWindowRedisStorage } from '../libs/rate-limit/src/sliding-window-redis.storage';
import { describeWithRedis, RedisServer } from './support/redis-server';

jest.setTimeout(60_000);

const CLOCK = "redis.call('TIME')";
const EXPIRY = "redis.call('PEXPIRE', key, ARGV[1])";
/** The script with the time (s, µs) as its last arguments, and keys that outlive the test. */
const CLOCKED_LUA = SLIDING_WINDOW_LUA.replace(CLOCK, () => '{ARGV[3], ARGV[4]}').replace(
  EXPIRY,
  () => "redis.call('PEXPIRE', key, 600000)",
);
/** Any time will do that needs as many digits as today's. */
const START_MS = 1_790_000_000_000;
const SEED = 20261123;

interface Arrival {
  readonly atMs: number;
  readonly limit: number;
}

/** What a limiter says: whether it accepts, how many are in the window, when the next one is. */
type Decision = readonly [accepted: number, used: number, resetMs: number];

/**
 * At most `limit` accepted in any window, said as plainly as can be: all accepted times are kept, and each
 * request counts those that its window holds.
 */
function plainModel(arrivals: readonly Arrival[], windowMs: number): Decision[] {
  const accepted: number[] = [];
  return arrivals.map(({ atMs, limit }) => {
    const inWindow = accepted.filter((time) => time > atMs - windowMs);
    if (inWindow.length >= limit) {
      const blocking = inWindow[inWindow.length - limit]!;
      return [0, inWindow.length, blocking + windowMs - atMs];
    }
    accepted.push(atMs);
    return [1, inWindow.length + 1, (inWindow[0] ?? atMs) + windowMs - atMs];
  });
}

/** The most accepted requests that any window holds. */
function fullestWindow(times: readonly number[], windowMs: number): number {
  const counts = times.map((end) => times.filter((t) => t > end - windowMs && t <= end).length);
  return Math.max(0, ...counts);
}

const acceptedTimes = (arrivals: readonly Arrival[], decisions: readonly Decision[]): number[] =>
  arrivals.filter((_, i) => decisions[i]![0] === 1).map(({ atMs }) => atMs);

/** Gaps of every size against the window: bursts, the edges to a millisecond, long silences. */
const gapFor = (windowMs: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 0, 1) },
    { weight: 4, arbitrary: fc.nat({ max: Math.ceil(windowMs / 3) }) },
    { weight: 3, arbitrary: fc.constantFrom(windowMs - 1, windowMs, windowMs + 1) },
    { weight: 1, arbitrary: fc.nat({ max: windowMs * 3 }) },
  );

const scenario = fc
  .record({
    windowMs: fc.integer({ min: 2, max: 100_000 }),
    limit: fc.integer({ min: 1, max: 12 }),
  })
  .chain(({ windowMs, limit }) =>
    fc.record({
      windowMs: fc.constant(windowMs),
      limit: fc.constant(limit),
      gaps: fc.array(gapFor(windowMs), { minLength: 1, maxLength: 60 }),
    }),
  );

function arrivalsOf(gaps: readonly number[], limit: number): Arrival[] {
  let atMs = START_MS;
  return gaps.map((gap) => ({ atMs: (atMs += gap), limit }));
}

describeWithRedis('the script against "at most N in any window"', () => {
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

  test('only the clock and the life of the key are replaced', () => {
    expect(SLIDING_WINDOW_LUA.split(CLOCK)).toHaveLength(2);
    expect(SLIDING_WINDOW_LUA.split(EXPIRY)).toHaveLength(2);
  });

  /** The decisions of the script, which gets the times of the arrivals as its own. */
  async function decide(arrivals: readonly Arrival[], windowMs: number): Promise<Decision[]> {
    const key = `property:${++keys}`;
    const pipeline = client.pipeline();
    for (const { atMs, limit } of arrivals) {
      pipeline.evalsha(sha, 1, key, windowMs, limit, Math.floor(atMs / 1000), (atMs % 1000) * 1000);
    }
    const replies = (await pipeline.exec()) ?? [];
    return replies.map(([error, reply]) => {
      if (error) throw error;
      return reply as Decision;
    });
  }

  /** The decisions of the storage for a single process. */
  function decideInMemory(arrivals: readonly Arrival[], windowMs: number): Decision[] {
    let now = 0;
    const storage = new SlidingWindowMemoryStorage(100, () => now);
    return arrivals.map(({ atMs, limit }) => {
      now = atMs;
      const { accepted, used, resetMs } = storage.hit('client', limit, windowMs);
      return [Number(accepted), used, resetMs];
    });
  }

  test('Redis and memory decide as the model does, at any times', async () => {
    let arrivalCount = 0;
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(scenario, async ({ windowMs, limit, gaps }) => {
        const arrivals = arrivalsOf(gaps, limit);
        const expected = plainModel(arrivals, windowMs);
        const decisions = await decide(arrivals, windowMs);
        expect(decisions).toEqual(expected);
        expect(decideInMemory(arrivals, windowMs)).toEqual(expected);
        const times = acceptedTimes(arrivals, decisions);
        expect(fullestWindow(times, windowMs)).toBeLessThanOrEqual(limit);
        arrivalCount += arrivals.length;
        refusals += arrivals.length - times.length;
      }),
      { seed: SEED, numRuns: 500 },
    );
    // Else the generator would not have asked the question.
    expect(refusals).toBeGreaterThan(arrivalCount / 20);
  });

  test('no wait is longer than the window, whatever fractions the clock has', () => {
    const fractions = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(scenario, fractions, ({ windowMs, limit, gaps }, parts) => {
        let atMs = 0;
        const arrivals = gaps.map((gap, i) => ({
          atMs: (atMs += gap + parts[i % parts.length]!),
          limit,
        }));
        const waits = decideInMemory(arrivals, windowMs).map(([, , resetMs]) => resetMs);
        expect(Math.max(...waits)).toBeLessThanOrEqual(windowMs);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('who waits as long as a refusal says is accepted, one millisecond before is not', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ windowMs, limit, gaps }) => {
        const arrivals = arrivalsOf(gaps, limit);
        const refused = (await decide(arrivals, windowMs)).findIndex(
          ([accepted]) => accepted === 0,
        );
        if (refused < 0) return;
        const start = arrivals.slice(0, refused + 1);
        const [, , resetMs] = (await decide(start, windowMs)).at(-1)!;
        const atMs = start.at(-1)!.atMs + resetMs;
        const early = await decide(
          [...start, { atMs: atMs - 1, limit }, { atMs, limit }],
          windowMs,
        );
        expect(early.slice(-2).map(([accepted]) => accepted)).toEqual([0, 1]);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('a limit that is lowered or raised on the way holds from then on', async () => {
    const changing = scenario.chain(({ windowMs, gaps }) =>
      fc.record({
        windowMs: fc.constant(windowMs),
        gaps: fc.constant(gaps),
        limits: fc.array(fc.integer({ min: 1, max: 8 }), {
          minLength: gaps.length,
          maxLength: gaps.length,
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(changing, async ({ windowMs, gaps, limits }) => {
        const arrivals = arrivalsOf(gaps, 1).map(({ atMs }, i) => ({ atMs, limit: limits[i]! }));
        const expected = plainModel(arrivals, windowMs);
        expect(await decide(arrivals, windowMs)).toEqual(expected);
        expect(decideInMemory(arrivals, windowMs)).toEqual(expected);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('a clock set back by up to a window never shortens one', async () => {
    const setBack = scenario.chain(({ windowMs, limit, gaps }) =>
      fc.record({
        windowMs: fc.constant(windowMs),
        limit: fc.constant(limit),
        gaps: fc.constant(gaps),
        at: fc.nat({ max: gaps.length }),
        byMs: fc.integer({ min: 0, max: windowMs }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(setBack, async ({ windowMs, limit, gaps, at, byMs }) => {
        const real = arrivalsOf(gaps, limit);
        const shown = real.map(({ atMs }, i) => ({ atMs: i < at ? atMs : atMs - byMs, limit }));
        const decisions = await decide(shown, windowMs);
        const times = acceptedTimes(real, decisions);
        expect(fullestWindow(times, windowMs)).toBeLessThanOrEqual(limit);
        // Nor does it make one longer than the clock was set back.
        for (const [i, { atMs }] of real.entries()) {
          if (decisions[i]![0] === 1) continue;
          const recent = times.filter((time) => time > atMs - windowMs - byMs && time <= atMs);
          expect(recent.length).toBeGreaterThanOrEqual(limit);
          expect(decisions[i]![2]).toBeLessThanOrEqual(windowMs);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('a clock set back by more than a window starts anew, and locks nobody out', async () => {
    await fc.assert(
      fc.asyncProperty(
        scenario,
        fc.integer({ min: 1, max: 1e9 }),
        async ({ windowMs, limit, gaps }, extra) => {
          const before = arrivalsOf(gaps, limit);
          // Set back against the newest accepted request, which is what the script can see.
          const newest = Math.max(...acceptedTimes(before, plainModel(before, windowMs)));
          const shift = newest - START_MS + windowMs + extra;
          const after = arrivalsOf([0, ...gaps], limit).map(({ atMs }) => ({
            atMs: atMs - shift + newest - START_MS,
            limit,
          }));
          const first = after[0]!.atMs;
          fc.pre(newest - first > windowMs);
          const decisions = await decide([...before, ...after], windowMs);
          expect(decisions.slice(before.length)).toEqual(plainModel(after, windowMs));
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('the script as it is, by the clock as it runs', async () => {
    const storage = new SlidingWindowRedisStorage(client);
    // Until Redis knows the script, a decision takes a second command, after the later of the two times.
    await storage.hit('first', 1, 1);
    const real = fc.record({
      windowMs: fc.integer({ min: 20, max: 120 }),
      limit: fc.integer({ min: 1, max: 5 }),
      gaps: fc.array(fc.constantFrom(0, 0, 0, 1, 5, 15, 40), { minLength: 10, maxLength: 25 }),
    });
    await Promise.all(
      fc.sample(real, { seed: SEED, numRuns: 40 }).map(async ({ windowMs, limit, gaps }) => {
        const key = `real:${++keys}`;
        const log: { accepted: boolean; from: number; to: number }[] = [];
        for (const gap of gaps) {
          if (gap > 0) await sleep(gap);
          // One connection: Redis takes its commands in this order, so the decision lies between the times.
          const [from, { accepted }] = await Promise.all([
            client.time(),
            storage.hit(key, limit, windowMs),
          ]);
          const to = await client.time();
          log.push({ accepted, from: toMs(from), to: toMs(to) });
        }
        const passed = log.filter(({ accepted }) => accepted);
        for (let i = limit; i < passed.length; i++) {
          expect(passed[i]!.to - passed[i - limit]!.from).toBeGreaterThanOrEqual(windowMs);
        }
        for (const { accepted, from, to } of log) {
          if (accepted) continue;
          const recent = passed.filter((other) => other.to > from - windowMs && other.from <= to);
          expect(recent.length).toBeGreaterThanOrEqual(limit);
        }
        const life = await client.pttl(key);
        expect(life).toBeLessThanOrEqual(windowMs);
      }),
    );
    await sleep(150);
    expect(await client.keys('real:*')).toEqual([]);
  });
});

function toMs([seconds, microseconds]: readonly (string | number)[]): number {
  return Number(seconds) * 1000 + Number(microseconds) / 1000;
}
