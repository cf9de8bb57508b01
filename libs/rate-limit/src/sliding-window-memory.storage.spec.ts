import fc from 'fast-check';
import { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';

/** "At most `limit` in any window", as plainly as it can be said. */
function plainModel(arrivals: readonly number[], limit: number, windowMs: number): boolean[] {
  const accepted: number[] = [];
  return arrivals.map((now) => {
    const recent = accepted.filter((time) => now - time < windowMs);
    if (recent.length >= limit) return false;
    accepted.push(now);
    return true;
  });
}

describe(SlidingWindowMemoryStorage.name, () => {
  let now = 0;
  const storage = (maxClients?: number) => new SlidingWindowMemoryStorage(maxClients, () => now);
  beforeEach(() => {
    now = 1000;
  });

  test('decides as the plain model for random arrivals, limits and windows', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 120 });
    const limits = fc.integer({ min: 1, max: 12 });
    const windows = fc.integer({ min: 1, max: 200 });
    fc.assert(
      fc.property(gaps, limits, windows, (steps, limit, windowMs) => {
        const subject = storage();
        let time = now;
        const arrivals = steps.map((gap) => (time += gap));
        const decisions = arrivals.map((arrival) => {
          now = arrival;
          return subject.hit('client', limit, windowMs);
        });
        expect(decisions.map(({ accepted }) => accepted)).toEqual(
          plainModel(arrivals, limit, windowMs),
        );
        for (const [i, { accepted, resetMs }] of decisions.entries()) {
          if (accepted) continue;
          // One more request: just before the reset it is refused, at the reset it is accepted.
          const soFar = arrivals.slice(0, i);
          const verdict = (at: number) => plainModel([...soFar, at], limit, windowMs).at(-1);
          expect(verdict(arrivals[i]! + resetMs - 1e-6)).toBe(false);
          expect(verdict(arrivals[i]! + resetMs)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a limit that was lowered waits until enough requests have left', () => {
    const subject = storage();
    for (now = 0; now < 40; now += 10) subject.hit('client', 4, 100);
    expect(subject.hit('client', 2, 100)).toMatchObject({ accepted: false, resetMs: 80 });
  });

  test('what another storage refused is taken back, and refused until its reset', () => {
    const subject = storage();
    subject.hit('client', 2, 100);
    now += 10;
    subject.hit('client', 2, 100);
    subject.revoke('client', 50);
    expect(subject.hit('client', 2, 100)).toMatchObject({ accepted: false, resetMs: 50 });
    now += 50;
    expect(subject.hit('client', 2, 100)).toMatchObject({ accepted: true, used: 2 });
    expect(subject.hit('client', 2, 100)).toMatchObject({ accepted: false, resetMs: 40 });
  });

  test('forgets clients whose window has ended, without timers', () => {
    const subject = storage();
    for (let i = 0; i < 1000; i++) subject.hit(`client ${i}`, 10, 100);
    now += 100;
    subject.hit('another', 10, 100);
    expect(subject.size).toBe(1);
  });

  test('a client that stays active is not forgotten with those who came when it did', () => {
    const subject = storage();
    for (let i = 0; i < 10; i++) subject.hit(`client ${i}`, 2, 100);
    now += 99;
    subject.hit('client 3', 2, 100);
    now += 50;
    subject.hit('another', 2, 100);
    expect(subject.size).toBe(2);
    subject.hit('client 3', 2, 100);
    expect(subject.hit('client 3', 2, 100)).toMatchObject({ accepted: false, resetMs: 50 });
  });

  test('never holds more clients than it may, and keeps the latest', () => {
    const subject = storage(100);
    for (let i = 0; i < 1000; i++) {
      now += 0.01;
      subject.hit(`client ${i}`, 1, 1000);
    }
    expect(subject.size).toBe(100);
    expect(subject.hit('client 999', 1, 1000).accepted).toBe(false);
    expect(subject.hit('client 0', 1, 1000).accepted).toBe(true);
  });

  test("speaks the throttler's language: whole seconds, rounded up", async () => {
    const subject = storage();
    await subject.increment('client', 1500, 1);
    now += 100;
    expect(await subject.increment('client', 1500, 1)).toEqual({
      backend: 'memory',
      totalHits: 1,
      timeToExpire: 2,
      isBlocked: true,
      timeToBlockExpire: 2,
    });
  });
});
