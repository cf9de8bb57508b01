import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { SLIDING_WINDOW_LUA } from '../libs/rate-limit/src/sliding-window.lua';
import { SlidingWindowMemoryStorage } from '../libs/rate-limit/src/sliding-window-memory.storage';
import { SlidingWindowRedisStorage } from '../libs/rate-limit/src/sliding-window-redis.storage';
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

const EXPIRY = "redis.call('PEXPIRE', key, ARGV[1])";
const SEED = 20261123;

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

describeWithRedis('the script against "at most N in any window"', () => {
  let script: ClockedScript;
  beforeAll(async () => {
    script = await ClockedScript.start(SLIDING_WINDOW_LUA, EXPIRY);
  });
  afterAll(() => script.stop());

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
        const decisions = await script.decide(arrivals, windowMs);
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
        const refused = (await script.decide(arrivals, windowMs)).findIndex(
          ([accepted]) => accepted === 0,
        );
        if (refused < 0) return;
        const start = arrivals.slice(0, refused + 1);
        const [, , resetMs] = (await script.decide(start, windowMs)).at(-1)!;
        const atMs = start.at(-1)!.atMs + resetMs;
        const early = await script.decide(
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
        expect(await script.decide(arrivals, windowMs)).toEqual(expected);
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
        const decisions = await script.decide(shown, windowMs);
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
          const decisions = await script.decide([...before, ...after], windowMs);
          expect(decisions.slice(before.length)).toEqual(plainModel(after, windowMs));
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('the script as it is, by the clock as it runs', async () => {
    const { client } = script;
    const storage = new SlidingWindowRedisStorage(client);
    // Until Redis knows the script, a decision takes a second command, after the later of the two times.
    await storage.hit('first', 1, 1);
    const real = fc.record({
      windowMs: fc.integer({ min: 20, max: 120 }),
      limit: fc.integer({ min: 1, max: 5 }),
      gaps: fc.array(fc.constantFrom(0, 0, 0, 1, 5, 15, 40), { minLength: 10, maxLength: 25 }),
    });
    await Promise.all(
      fc.sample(real, { seed: SEED, numRuns: 40 }).map(async ({ windowMs, limit, gaps }, i) => {
        const key = `real:${i}`;
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
