import {
  accepted,
  DEADLINE_MS,
  LIMIT,
  replyError,
  ScriptedLimiter,
  WINDOW_MS,
} from '../../../test/support/scripted-limiter';
import { UndeliveredError } from './undelivered.error';

describe('ResilientStorage in an outage', () => {
  const limiter = new ScriptedLimiter();

  describe('an outage', () => {
    test('opens the breaker after three failures in a row, and says so once with the code', async () => {
      limiter.redis.answer = limiter.down;
      limiter.redis.probeAnswer = limiter.down;
      await limiter.ask('a');
      await limiter.ask('b');
      limiter.redis.answer = () => Promise.resolve(accepted());
      await limiter.ask('c');
      limiter.redis.answer = limiter.down;
      await limiter.ask('d');
      await limiter.ask('e');
      expect(limiter.storage.isHealthy).toBe(true);
      await limiter.ask('f');
      expect(limiter.storage.isHealthy).toBe(false);
      expect(limiter.breakers).toEqual([1]);
      expect(limiter.failures).toEqual(Array(5).fill('connection ECONNREFUSED'));
      await limiter.ask('g');
      expect(limiter.redis.asked).toHaveLength(6);
      await jest.advanceTimersByTimeAsync(3_000);
      expect(limiter.lines).toEqual([
        expect.stringMatching(
          /^Redis unavailable \(ECONNREFUSED\): .*Applying failure policy "local"$/,
        ),
      ]);
    });

    test('asks about the key that failed, and closes only when that one works', async () => {
      await limiter.openBreaker();
      await jest.advanceTimersByTimeAsync(260);
      expect(limiter.redis.probed).toEqual(['z']);
      limiter.redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(260);
      expect(limiter.storage.isHealthy).toBe(true);
      expect(limiter.breakers).toEqual([1, 0]);
      expect(limiter.lines.at(-1)).toBe('Redis recovered; limits are shared again');
    });

    test('the key that failed is forgotten with the outage', async () => {
      await limiter.openBreaker();
      limiter.redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(500);
      limiter.redis.probed.length = 0;
      limiter.storage.onConnectionLost(new Error('Connection is closed.'));
      await jest.advanceTimersByTimeAsync(500);
      expect(limiter.redis.probed).toEqual(['start']);
    });

    test('what was accepted meanwhile is in Redis before it gets requests again', async () => {
      await limiter.openBreaker();
      limiter.redis.written.length = 0;
      await limiter.ask('k');
      jest.advanceTimersByTime(100);
      await limiter.ask('k');
      await limiter.ask('k');
      let openWhileWriting: boolean | undefined;
      limiter.redis.writeAnswer = () => {
        openWhileWriting = !limiter.storage.isHealthy;
        return Promise.resolve();
      };
      limiter.redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(500);
      expect(openWhileWriting).toBe(true);
      const k = limiter.redis.written.find(({ key }) => key === 'k')!;
      expect(k).toMatchObject({ windowMs: WINDOW_MS, limit: LIMIT, counts: [1, 1] });
      expect(Math.round(k.ages[0]! - k.ages[1]!)).toBe(100);
      // The three whose failure opened the breaker may not have been counted either.
      expect(limiter.redis.written.map(({ key }) => key).sort()).toEqual(['k', 'x', 'y', 'z']);
    });

    test('what could not be written back stays, and keeps the breaker open', async () => {
      await limiter.openBreaker();
      await limiter.ask('k');
      limiter.redis.probeAnswer = () => Promise.resolve();
      limiter.redis.writeAnswer = limiter.down;
      await jest.advanceTimersByTimeAsync(1_100);
      expect(limiter.storage.isHealthy).toBe(false);
      limiter.redis.written.length = 0;
      limiter.redis.writeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(300);
      expect(limiter.storage.isHealthy).toBe(true);
      const k = limiter.redis.written.find(({ key }) => key === 'k')!;
      expect(k.ages[0]).toBeGreaterThan(1_000);
    });

    test('only what did not arrive is written again', async () => {
      await limiter.openBreaker();
      await limiter.ask('k');
      limiter.redis.probeAnswer = () => Promise.resolve();
      let tries = 0;
      limiter.redis.writeAnswer = () => {
        tries += 1;
        if (tries > 1) return Promise.resolve();
        const lost = limiter.redis.written.filter(({ key }) => key === 'k');
        return Promise.reject(new UndeliveredError(lost, replyError('OOM command not allowed')));
      };
      await jest.advanceTimersByTimeAsync(1_000);
      expect(limiter.redis.written.map(({ key }) => key)).toEqual(['x', 'y', 'z', 'k', 'k']);
      expect(limiter.lines.map((line) => /\((\w+)\)/.exec(line)?.[1])).toContain('OOM');
    });

    test('a Redis that stays silent is connected anew, one that answers is not', async () => {
      await limiter.openBreaker();
      limiter.redis.probeAnswer = limiter.never;
      await jest.advanceTimersByTimeAsync(4 * (250 + DEADLINE_MS + 5));
      expect(limiter.reconnected).toEqual(['']);
      limiter.reconnected.length = 0;
      limiter.redis.probeAnswer = () => Promise.reject(replyError('OOM command not allowed'));
      await jest.advanceTimersByTimeAsync(3_000);
      expect(limiter.reconnected).toEqual([]);
    });

    test('silence is counted anew in each outage', async () => {
      for (let outage = 0; outage < 2; outage++) {
        await limiter.openBreaker();
        limiter.redis.probeAnswer = limiter.never;
        await jest.advanceTimersByTimeAsync(3 * (250 + DEADLINE_MS + 5));
        limiter.redis.probeAnswer = () => Promise.resolve();
        limiter.redis.answer = () => Promise.resolve(accepted());
        await jest.advanceTimersByTimeAsync(600);
        expect(limiter.storage.isHealthy).toBe(true);
        jest.advanceTimersByTime(WINDOW_MS);
      }
      expect(limiter.reconnected).toEqual([]);
    });

    test('what is accepted while the rest is being written follows at once', async () => {
      await limiter.openBreaker();
      limiter.redis.probeAnswer = () => Promise.resolve();
      let finish!: () => void;
      limiter.redis.writeAnswer = () => new Promise((resolve) => (finish = resolve));
      await jest.advanceTimersByTimeAsync(251);
      await limiter.ask('meanwhile');
      limiter.redis.writeAnswer = () => Promise.resolve();
      finish();
      for (let i = 0; i < 10; i++) await Promise.resolve();
      expect(limiter.storage.isHealthy).toBe(true);
      expect(limiter.redis.written.map(({ key }) => key)).toContain('meanwhile');
    });

    test('a replica is left at once, and at every probe: the address may lead to the primary by now', async () => {
      limiter.redis.answer = () => Promise.reject(replyError('READONLY You can not write'));
      limiter.redis.probeAnswer = () => Promise.reject(replyError('READONLY You can not write'));
      for (const key of ['x', 'y', 'z']) await limiter.ask(key);
      expect(limiter.reconnected).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(260);
      expect(limiter.reconnected).toHaveLength(2);
    });

    test('a further cause that somebody has to remove gets a line of its own, once', async () => {
      await limiter.openBreaker();
      limiter.redis.probeAnswer = () => Promise.reject(replyError('OOM command not allowed'));
      await jest.advanceTimersByTimeAsync(1_000);
      limiter.storage.onConnectionLost(replyError('WRONGPASS no'));
      limiter.storage.onConnectionLost(replyError('WRONGPASS no'));
      limiter.storage.onConnectionLost(new Error('Connection is closed.'));
      expect(limiter.lines.map((line) => /\((\w+)\)/.exec(line)?.[1])).toEqual([
        'ECONNREFUSED',
        'OOM',
        'WRONGPASS',
      ]);
      expect(limiter.failures).toHaveLength(3);
    });

    test('a connection that is being opened again is no failure of Redis', async () => {
      const until = Promise.resolve();
      limiter.storage.onConnectionPaused(until);
      expect(limiter.redis.holds).toEqual([until]);
      limiter.redis.isHeld = true;
      limiter.redis.answer = limiter.never;
      const asked = ['x', 'y', 'z', 'a'].map((key) => limiter.ask(key));
      await jest.advanceTimersByTimeAsync(DEADLINE_MS + 1);
      for (const decided of await Promise.all(asked)) expect(decided.reason).toBe('deadline');
      expect(limiter.storage.isHealthy).toBe(true);
    });

    test('a lost connection opens the breaker without waiting for failures', () => {
      limiter.storage.onConnectionLost(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
      expect(limiter.storage.isHealthy).toBe(false);
      expect(limiter.failures).toEqual(['connection ECONNRESET']);
    });
  });
});
