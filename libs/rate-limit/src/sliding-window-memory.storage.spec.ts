import fc from 'fast-check';
import { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';

/** "At most `limit` in any window" in its plainest form. */
class PlainModel {
  private readonly accepted: number[] = [];

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
  ) {}

  wouldAccept(now: number): boolean {
    return this.accepted.filter((time) => now - time < this.windowMs).length < this.limit;
  }

  accept(now: number): boolean {
    const isAccepted = this.wouldAccept(now);
    if (isAccepted) this.accepted.push(now);
    return isAccepted;
  }
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
        const model = new PlainModel(limit, windowMs);
        const differences = steps.flatMap((gap) => {
          now += gap;
          const { accepted, resetMs } = subject.hit('client', limit, windowMs);
          const isAsExpected =
            accepted === model.accept(now) &&
            // One more request: just before the reset it is refused, at the reset it is accepted.
            (accepted ||
              (!model.wouldAccept(now + resetMs - 1e-6) && model.wouldAccept(now + resetMs)));
          return isAsExpected ? [] : [{ now, accepted, resetMs }];
        });
        expect(differences).toEqual([]);
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
    subject.undo('client', 2);
    subject.deny('client', 2, 50);
    expect(subject.hit('client', 2, 100)).toMatchObject({ accepted: false, used: 2, resetMs: 50 });
    now += 50;
    expect(subject.hit('client', 2, 100)).toMatchObject({ accepted: true, used: 2 });
    expect(subject.hit('client', 2, 100)).toMatchObject({ accepted: false, resetMs: 40 });
  });

  test('a refusal under a stricter limit does not refuse under a wider one', () => {
    const subject = storage();
    subject.deny('client', 1, 50);
    expect(subject.hit('client', 1, 100).accepted).toBe(false);
    expect(subject.hit('client', 2, 100).accepted).toBe(true);
  });

  test('a client that is only known to be refused is remembered for that long', () => {
    const subject = storage();
    subject.deny('client', 1, 5_000);
    now += 4_999;
    subject.hit('another', 1, 100);
    expect(subject.hit('client', 1, 100)).toMatchObject({ accepted: false, resetMs: 1 });
    now += 1;
    expect(subject.hit('client', 1, 100).accepted).toBe(true);
  });

  test('refusals are of the one client, however many came before or take its place', () => {
    const subject = storage(200);
    for (let i = 0; i < 199; i++) subject.hit(`before ${i}`, 1, 10_000);
    subject.deny('client', 1, 5_000);
    expect(subject.hit('client', 1, 10_000).accepted).toBe(false);
    for (let i = 0; i < 200; i++) {
      expect(subject.hit(`after ${i}`, 1, 10_000).accepted).toBe(true);
    }
    expect(subject.hit('client', 1, 10_000).accepted).toBe(true);
    subject.deny('after 199', 1, 5_000);
    expect(subject.hit('after 199', 1, 10_000).accepted).toBe(false);
  });

  test('taking back what was never counted does nothing', () => {
    const subject = storage();
    subject.undo('client', 1);
    subject.deny('client', 1, 0);
    subject.undo('client', 1);
    subject.undo('client', 20_000);
    expect(subject.hit('client', 1, 100)).toMatchObject({ accepted: true, used: 1 });
  });

  describe('above the exact limits', () => {
    const LIMIT = 20_000;
    const WINDOW_MS = 100_000;
    const WIDTH_MS = WINDOW_MS / 100;

    /** Times of accepted requests when `perStep` of them arrive every `stepMs`. */
    function accept(perStep: number, stepMs: number, untilMs: number): number[] {
      const subject = storage();
      const times: number[] = [];
      for (now = 0; now < untilMs; now += stepMs) {
        for (let i = 0; i < perStep; i++) {
          if (subject.hit('client', LIMIT, WINDOW_MS).accepted) times.push(now);
        }
      }
      return times;
    }

    test('no window holds more than the limit, and its requests come back one bucket late at most', () => {
      const times = accept(700, 1_234.5, 4 * WINDOW_MS);
      expect(times.length).toBeGreaterThan(3 * LIMIT);
      const windows = times.slice(LIMIT).map((time, i) => time - times[i]!);
      expect(windows.filter((windowMs) => windowMs < WINDOW_MS)).toEqual([]);
      // The first of the second window: one window after the first, and at most one bucket and a step later.
      expect(times[LIMIT]! - times[0]!).toBeLessThanOrEqual(WINDOW_MS + WIDTH_MS + 1_234.5);
    });

    test('a refusal says when the next one is accepted', () => {
      const subject = storage();
      now = 5_500;
      for (let i = 0; i < LIMIT; i++) subject.hit('client', LIMIT, WINDOW_MS);
      now = 30_000;
      const refused = subject.hit('client', LIMIT, WINDOW_MS);
      // The bucket that began at 5,000 ends at 6,000 and leaves the window at 106,000.
      expect(refused).toEqual({
        backend: 'memory',
        accepted: false,
        used: LIMIT,
        resetMs: 76_000,
      });
      now = 105_999;
      expect(subject.hit('client', LIMIT, WINDOW_MS).accepted).toBe(false);
      now = 106_000;
      expect(subject.hit('client', LIMIT, WINDOW_MS)).toMatchObject({ accepted: true, used: 1 });
    });

    test('the wait after a lowered limit counts as many buckets as it takes', () => {
      const subject = storage();
      for (now = 500; now < 5_000; now += 1_000) {
        for (let i = 0; i < 5_000; i++) subject.hit('client', 25_000, WINDOW_MS);
      }
      now = 10_000;
      // 25,000 are used: two buckets have to go, the second of which ends at 2,000.
      expect(subject.hit('client', 15_001, WINDOW_MS)).toMatchObject({
        accepted: false,
        used: 25_000,
        resetMs: 92_000,
      });
    });

    test('what was taken back no longer counts', () => {
      const subject = storage();
      now = 500;
      for (let i = 0; i < LIMIT; i++) subject.hit('client', LIMIT, WINDOW_MS);
      now = 1_500;
      subject.undo('client', LIMIT);
      expect(subject.hit('client', LIMIT, WINDOW_MS)).toMatchObject({
        accepted: true,
        used: LIMIT,
      });
      subject.undo('client', LIMIT);
      expect(subject.hit('client', LIMIT, WINDOW_MS)).toMatchObject({
        accepted: true,
        used: LIMIT,
      });
      expect(subject.hit('client', LIMIT, WINDOW_MS).accepted).toBe(false);
    });

    test('a client is remembered until its last bucket has left', () => {
      const subject = storage();
      now = 100;
      for (let i = 0; i < LIMIT; i++) subject.hit('client', LIMIT, WINDOW_MS);
      now = 100_999;
      subject.hit('another', LIMIT, WINDOW_MS);
      expect(subject.hit('client', LIMIT, WINDOW_MS).accepted).toBe(false);
    });
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
