import {
  accepted,
  DEADLINE_MS,
  LIMIT,
  refused,
  replyError,
  ScriptedLimiter,
  WINDOW_MS,
} from '../../../test/support/scripted-limiter';
import { RedisUnavailableError } from './redis-unavailable.error';
import { ResilientStorage } from './resilient.storage';
import type { LimitDecision } from './limit-decision';

describe(ResilientStorage.name, () => {
  const limiter = new ScriptedLimiter();

  test('Redis decides while it answers', async () => {
    limiter.redis.answer = () => Promise.resolve(accepted(7));
    expect(await limiter.ask()).toMatchObject({ backend: 'redis', totalHits: 7, isBlocked: false });
    expect((await limiter.ask()).reason).toBeUndefined();
  });

  describe('a client that is refused because of other replicas', () => {
    beforeEach(async () => {
      limiter.redis.answer = () => Promise.resolve(refused(5_000));
      expect(await limiter.ask()).toMatchObject({
        backend: 'redis',
        isBlocked: true,
        timeToExpire: 5,
      });
    });

    test('is refused from memory, without asking Redis, until its reset', async () => {
      jest.advanceTimersByTime(4_999);
      expect(await limiter.ask()).toMatchObject({
        backend: 'memory',
        reason: 'remembered',
        isBlocked: true,
        timeToBlockExpire: 1,
      });
      expect(limiter.redis.asked).toHaveLength(1);
      jest.advanceTimersByTime(1);
      await limiter.ask();
      expect(limiter.redis.asked).toHaveLength(2);
    });

    test('has no request on its own account in an outage that follows', async () => {
      await limiter.openBreaker();
      jest.advanceTimersByTime(5_000);
      const results = [await limiter.ask(), await limiter.ask(), await limiter.ask()];
      expect(results.map(({ isBlocked }) => isBlocked)).toEqual([false, false, true]);
      expect(results[0]).toMatchObject({ backend: 'memory', reason: 'outage', totalHits: 1 });
    });

    test('stays refused in an outage that begins before its reset', async () => {
      await limiter.openBreaker();
      expect(await limiter.ask()).toMatchObject({ isBlocked: true, reason: 'outage' });
    });
  });

  test('of many requests at once no more than the limit go to Redis', async () => {
    limiter.redis.answer = limiter.never;
    const all = Array.from({ length: 20 }, () => limiter.ask());
    expect(limiter.redis.asked).toHaveLength(LIMIT);
    await jest.advanceTimersByTimeAsync(DEADLINE_MS + 1);
    const results = await Promise.all(all);
    expect(results.filter(({ isBlocked }) => !isBlocked)).toHaveLength(LIMIT);
  });

  describe('past the deadline', () => {
    let late: { resolve: (decision: LimitDecision) => void; reject: (error: Error) => void };
    const askLate = async (): Promise<void> => {
      limiter.redis.answer = () => new Promise((resolve, reject) => (late = { resolve, reject }));
      const asked = limiter.ask();
      await jest.advanceTimersByTimeAsync(DEADLINE_MS - 1);
      const settled = jest.fn();
      void asked.then(settled, settled);
      await Promise.resolve();
      expect(settled).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(2);
      expect(await asked).toMatchObject({
        backend: 'memory',
        reason: 'deadline',
        isBlocked: false,
      });
      expect(limiter.failures).toEqual(['timeout DEADLINE']);
      limiter.redis.answer = () => Promise.resolve(accepted());
    };

    test('a late refusal is learned: the client is refused from memory, Redis learns of its request', async () => {
      await askLate();
      await jest.advanceTimersByTimeAsync(1_000);
      late.resolve(refused(5_000));
      await jest.advanceTimersByTimeAsync(100);
      expect(limiter.redis.written).toMatchObject([{ key: 'k', windowMs: WINDOW_MS, counts: [1] }]);
      const next = await limiter.ask();
      // It was decided up to a second before the reply came.
      expect(next).toMatchObject({ isBlocked: true, reason: 'remembered', timeToExpire: 4 });
      expect(limiter.redis.asked).toHaveLength(1);
    });

    test('a late acceptance is counted once', async () => {
      await askLate();
      late.resolve(accepted());
      await jest.advanceTimersByTimeAsync(2_000);
      expect(limiter.redis.written).toEqual([]);
      expect((await limiter.ask()).isBlocked).toBe(false);
      expect((await limiter.ask()).isBlocked).toBe(true);
    });

    test('a request whose fate stays unknown is written back', async () => {
      await askLate();
      late.reject(new Error('Connection is closed.'));
      await jest.advanceTimersByTimeAsync(100);
      expect(limiter.redis.written).toMatchObject([{ key: 'k', counts: [1] }]);
    });

    test('a reply that is later than its own reset says nothing any more', async () => {
      await askLate();
      await jest.advanceTimersByTimeAsync(6_000);
      late.resolve(refused(5_000));
      await jest.advanceTimersByTimeAsync(0);
      expect((await limiter.ask()).isBlocked).toBe(false);
    });
  });

  describe('one key', () => {
    test('that holds something else never opens the breaker for all', async () => {
      limiter.redis.answer = (key) =>
        key === 'spoiled'
          ? Promise.reject(replyError('WRONGTYPE no'))
          : Promise.resolve(accepted());
      for (let i = 0; i < 2; i++) {
        expect(await limiter.ask('spoiled')).toMatchObject({ backend: 'memory', reason: 'outage' });
      }
      expect((await limiter.ask('spoiled')).isBlocked).toBe(true);
      for (let i = 0; i < 5; i++) {
        limiter.redis.answer = () => Promise.reject(replyError('WRONGTYPE no'));
        await limiter.ask(`spoiled ${i}`);
      }
      expect(limiter.storage.isHealthy).toBe(true);
      expect(limiter.failures).toEqual(Array(7).fill('wrong_type WRONGTYPE'));
      expect(limiter.lines).toEqual([expect.stringContaining('(WRONGTYPE)')]);
      await jest.advanceTimersByTimeAsync(2_000);
      expect(limiter.redis.written).toEqual([]);
    });

    test('that another node owns opens it at once, for good, whatever other keys do', async () => {
      limiter.redis.answer = (key) =>
        key === 'elsewhere'
          ? Promise.reject(replyError('MOVED 1 h:1'))
          : Promise.resolve(accepted());
      limiter.redis.probeAnswer = () => Promise.reject(replyError('MOVED 1 h:1'));
      await limiter.ask('elsewhere');
      expect(limiter.storage.isHealthy).toBe(false);
      await jest.advanceTimersByTimeAsync(5_000);
      expect(limiter.storage.isHealthy).toBe(false);
      expect(new Set(limiter.redis.probed)).toEqual(new Set(['elsewhere']));
      expect(limiter.lines).toEqual([
        expect.stringMatching(/\(MOVED\): it is a node of a Redis Cluster/),
      ]);
    });
  });

  describe('shards', () => {
    beforeEach(() => {
      limiter.redis.owner = (key) => (key.startsWith('a') ? 'A' : 'B');
      limiter.redis.answer = (key) =>
        key.startsWith('a') ? limiter.down() : Promise.resolve(accepted());
      limiter.redis.probeAnswer = limiter.down;
    });

    test('fail and recover each by itself', async () => {
      for (const key of ['a1', 'b1', 'a2', 'b2', 'a3', 'b3']) await limiter.ask(key);
      expect(limiter.breakers).toEqual([1]);
      const askedBefore = limiter.redis.asked.length;
      expect(await limiter.ask('a4')).toMatchObject({ backend: 'memory', reason: 'outage' });
      expect(limiter.redis.asked).toHaveLength(askedBefore);
      expect((await limiter.ask('b4')).backend).toBe('redis');
      expect(limiter.lines).toEqual([
        expect.stringMatching(/^Redis shard A unavailable \(ECONNREFUSED\)/),
      ]);
    });

    test('what one of them missed goes to whoever owns it when it is back', async () => {
      for (const key of ['a1', 'a2', 'a3']) await limiter.ask(key);
      limiter.redis.owner = (key) => (key.startsWith('a') ? 'C' : 'B');
      limiter.redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(500);
      expect(limiter.redis.written.map(({ key }) => key).sort()).toEqual(['a1', 'a2', 'a3']);
      expect(limiter.breakers.at(-1)).toBe(0);
    });
  });

  describe('under the policies that do not count alone', () => {
    test.each(['open', 'closed'] as const)('"%s": nothing is decided in memory', async (policy) => {
      limiter.create(policy);
      limiter.redis.answer = limiter.down;
      limiter.redis.probeAnswer = limiter.down;
      for (let i = 0; i < 5; i++)
        await expect(limiter.ask()).rejects.toBeInstanceOf(RedisUnavailableError);
      expect(limiter.redis.asked).toHaveLength(3);
      limiter.redis.answer = () => Promise.resolve(accepted());
      limiter.redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(500);
      expect(limiter.redis.written).toEqual([]);
      // None of the five counts here either.
      expect([(await limiter.ask()).isBlocked, (await limiter.ask()).isBlocked]).toEqual([
        false,
        false,
      ]);
    });

    test('the error says what happened', async () => {
      limiter.create('closed');
      const cause = replyError('OOM command not allowed');
      limiter.redis.answer = () => Promise.reject(cause);
      await expect(limiter.ask()).rejects.toMatchObject({ cause });
    });
  });

  test('after stop nothing is probed or written any more', async () => {
    await limiter.openBreaker();
    await limiter.ask('k');
    limiter.storage.stop();
    limiter.redis.probeAnswer = () => Promise.resolve();
    expect(jest.getTimerCount()).toBe(0);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(limiter.redis.probed).toEqual([]);
    expect(limiter.redis.written).toEqual([]);
  });
});
