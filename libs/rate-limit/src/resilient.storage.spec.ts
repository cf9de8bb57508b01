import { Logger } from '@nestjs/common';
import type { LimitDecision } from './limit-decision';
import type { RedisFailurePolicy } from './rate-limit-options';
import { RedisUnavailableError } from './redis-unavailable.error';
import { ResilientStorage } from './resilient.storage';
import { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';
import type { SlidingWindowRedisStorage } from './sliding-window-redis.storage';
import { UndeliveredError } from './undelivered.error';
import type { UnsharedHits } from './unshared-hits';

const LIMIT = 2;
const WINDOW_MS = 60_000;
const DEADLINE_MS = 40;

const accepted = (used = 1): LimitDecision => ({
  backend: 'redis',
  accepted: true,
  used,
  resetMs: WINDOW_MS,
});
const refused = (resetMs = 5_000): LimitDecision => ({
  backend: 'redis',
  accepted: false,
  used: LIMIT,
  resetMs,
});
const replyError = (message: string): Error =>
  Object.assign(new Error(message), { name: 'ReplyError' });

/** A Redis whose every decision the test makes. */
class ScriptedRedis {
  readonly asked: string[] = [];
  readonly probed: string[] = [];
  readonly written: UnsharedHits[] = [];
  answer: (key: string) => Promise<LimitDecision> = () => Promise.resolve(accepted());
  probeAnswer: () => Promise<void> = () => Promise.resolve();
  writeAnswer: () => Promise<void> = () => Promise.resolve();
  owner: (key: string) => string = () => '';

  hit(key: string): Promise<LimitDecision> {
    this.asked.push(key);
    return this.answer(key);
  }
  probe(key: string): Promise<void> {
    this.probed.push(key);
    return this.probeAnswer();
  }
  writeBack(hits: readonly UnsharedHits[]): Promise<void> {
    this.written.push(...hits);
    return this.writeAnswer();
  }
  ownerOf(key: string): string {
    return this.owner(key);
  }
  isHeld = false;
  readonly holds: Promise<void>[] = [];
  hold(until: Promise<void>): void {
    this.holds.push(until);
  }
}

describe(ResilientStorage.name, () => {
  let redis: ScriptedRedis;
  let storage: ResilientStorage;
  const reconnected: string[] = [];
  const failures: string[] = [];
  const breakers: number[] = [];
  const lines: string[] = [];

  function create(policy: RedisFailurePolicy = 'local'): void {
    redis = new ScriptedRedis();
    storage = new ResilientStorage(
      redis as unknown as SlidingWindowRedisStorage,
      new SlidingWindowMemoryStorage(),
      {
        policy,
        deadlineMs: DEADLINE_MS,
        probeKey: 'start',
        reconnect: (owner) => reconnected.push(owner),
        observer: {
          decided: () => undefined,
          redisFailed: ({ kind, code }) => failures.push(`${kind} ${code}`),
          breakersOpen: (count) => breakers.push(count),
        },
      },
    );
  }

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    for (const list of [reconnected, failures, breakers, lines]) list.length = 0;
    for (const level of ['log', 'warn', 'error'] as const) {
      jest
        .spyOn(Logger.prototype, level)
        .mockImplementation((...line: unknown[]) => void lines.push(String(line[0])));
    }
    create();
  });
  afterEach(() => {
    storage.stop();
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const ask = (key = 'k') => storage.increment(key, WINDOW_MS, LIMIT);
  const down = () => Promise.reject(Object.assign(new Error('down'), { code: 'ECONNREFUSED' }));
  const never = () => new Promise<never>(() => undefined);
  const openBreaker = async (): Promise<void> => {
    redis.answer = down;
    redis.probeAnswer = down;
    for (const key of ['x', 'y', 'z']) await ask(key);
    expect(storage.isHealthy).toBe(false);
  };

  test('Redis decides while it answers', async () => {
    redis.answer = () => Promise.resolve(accepted(7));
    expect(await ask()).toMatchObject({ backend: 'redis', totalHits: 7, isBlocked: false });
    expect((await ask()).reason).toBeUndefined();
  });

  describe('a client that is refused because of other replicas', () => {
    beforeEach(async () => {
      redis.answer = () => Promise.resolve(refused(5_000));
      expect(await ask()).toMatchObject({ backend: 'redis', isBlocked: true, timeToExpire: 5 });
    });

    test('is refused from memory, without asking Redis, until its reset', async () => {
      jest.advanceTimersByTime(4_999);
      expect(await ask()).toMatchObject({
        backend: 'memory',
        reason: 'remembered',
        isBlocked: true,
        timeToBlockExpire: 1,
      });
      expect(redis.asked).toHaveLength(1);
      jest.advanceTimersByTime(1);
      await ask();
      expect(redis.asked).toHaveLength(2);
    });

    test('has no request on its own account in an outage that follows', async () => {
      await openBreaker();
      jest.advanceTimersByTime(5_000);
      const results = [await ask(), await ask(), await ask()];
      expect(results.map(({ isBlocked }) => isBlocked)).toEqual([false, false, true]);
      expect(results[0]).toMatchObject({ backend: 'memory', reason: 'outage', totalHits: 1 });
    });

    test('stays refused in an outage that begins before its reset', async () => {
      await openBreaker();
      expect(await ask()).toMatchObject({ isBlocked: true, reason: 'outage' });
    });
  });

  test('of many requests at once no more than the limit go to Redis', async () => {
    redis.answer = never;
    const all = Array.from({ length: 20 }, () => ask());
    expect(redis.asked).toHaveLength(LIMIT);
    await jest.advanceTimersByTimeAsync(DEADLINE_MS + 1);
    const results = await Promise.all(all);
    expect(results.filter(({ isBlocked }) => !isBlocked)).toHaveLength(LIMIT);
  });

  describe('past the deadline', () => {
    let late: { resolve: (decision: LimitDecision) => void; reject: (error: Error) => void };
    const askLate = async (): Promise<void> => {
      redis.answer = () => new Promise((resolve, reject) => (late = { resolve, reject }));
      const asked = ask();
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
      expect(failures).toEqual(['timeout DEADLINE']);
      redis.answer = () => Promise.resolve(accepted());
    };

    test('a late refusal is learned: the client is refused from memory, Redis learns of its request', async () => {
      await askLate();
      await jest.advanceTimersByTimeAsync(1_000);
      late.resolve(refused(5_000));
      await jest.advanceTimersByTimeAsync(100);
      expect(redis.written).toMatchObject([{ key: 'k', windowMs: WINDOW_MS, counts: [1] }]);
      const next = await ask();
      // It was decided up to a second before the reply came.
      expect(next).toMatchObject({ isBlocked: true, reason: 'remembered', timeToExpire: 4 });
      expect(redis.asked).toHaveLength(1);
    });

    test('a late acceptance is counted once', async () => {
      await askLate();
      late.resolve(accepted());
      await jest.advanceTimersByTimeAsync(2_000);
      expect(redis.written).toEqual([]);
      expect((await ask()).isBlocked).toBe(false);
      expect((await ask()).isBlocked).toBe(true);
    });

    test('a request whose fate stays unknown is written back', async () => {
      await askLate();
      late.reject(new Error('Connection is closed.'));
      await jest.advanceTimersByTimeAsync(100);
      expect(redis.written).toMatchObject([{ key: 'k', counts: [1] }]);
    });

    test('a reply that is later than its own reset says nothing any more', async () => {
      await askLate();
      await jest.advanceTimersByTimeAsync(6_000);
      late.resolve(refused(5_000));
      await jest.advanceTimersByTimeAsync(0);
      expect((await ask()).isBlocked).toBe(false);
    });
  });

  describe('an outage', () => {
    test('opens the breaker after three failures in a row, and says so once with the code', async () => {
      redis.answer = down;
      redis.probeAnswer = down;
      await ask('a');
      await ask('b');
      redis.answer = () => Promise.resolve(accepted());
      await ask('c');
      redis.answer = down;
      await ask('d');
      await ask('e');
      expect(storage.isHealthy).toBe(true);
      await ask('f');
      expect(storage.isHealthy).toBe(false);
      expect(breakers).toEqual([1]);
      expect(failures).toEqual(Array(5).fill('connection ECONNREFUSED'));
      await ask('g');
      expect(redis.asked).toHaveLength(6);
      await jest.advanceTimersByTimeAsync(3_000);
      expect(lines).toEqual([
        expect.stringMatching(
          /^Redis unavailable \(ECONNREFUSED\): .*Applying failure policy "local"$/,
        ),
      ]);
    });

    test('asks about the key that failed, and closes only when that one works', async () => {
      await openBreaker();
      await jest.advanceTimersByTimeAsync(260);
      expect(redis.probed).toEqual(['z']);
      redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(260);
      expect(storage.isHealthy).toBe(true);
      expect(breakers).toEqual([1, 0]);
      expect(lines.at(-1)).toBe('Redis recovered; limits are shared again');
    });

    test('the key that failed is forgotten with the outage', async () => {
      await openBreaker();
      redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(500);
      redis.probed.length = 0;
      storage.onConnectionLost(new Error('Connection is closed.'));
      await jest.advanceTimersByTimeAsync(500);
      expect(redis.probed).toEqual(['start']);
    });

    test('what was accepted meanwhile is in Redis before it gets requests again', async () => {
      await openBreaker();
      redis.written.length = 0;
      await ask('k');
      jest.advanceTimersByTime(100);
      await ask('k');
      await ask('k');
      let openWhileWriting: boolean | undefined;
      redis.writeAnswer = () => {
        openWhileWriting = !storage.isHealthy;
        return Promise.resolve();
      };
      redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(500);
      expect(openWhileWriting).toBe(true);
      const k = redis.written.find(({ key }) => key === 'k')!;
      expect(k).toMatchObject({ windowMs: WINDOW_MS, limit: LIMIT, counts: [1, 1] });
      expect(Math.round(k.ages[0]! - k.ages[1]!)).toBe(100);
      // The three whose failure opened the breaker may not have been counted either.
      expect(redis.written.map(({ key }) => key).sort()).toEqual(['k', 'x', 'y', 'z']);
    });

    test('what could not be written back stays, and keeps the breaker open', async () => {
      await openBreaker();
      await ask('k');
      redis.probeAnswer = () => Promise.resolve();
      redis.writeAnswer = down;
      await jest.advanceTimersByTimeAsync(1_100);
      expect(storage.isHealthy).toBe(false);
      redis.written.length = 0;
      redis.writeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(300);
      expect(storage.isHealthy).toBe(true);
      const k = redis.written.find(({ key }) => key === 'k')!;
      expect(k.ages[0]).toBeGreaterThan(1_000);
    });

    test('only what did not arrive is written again', async () => {
      await openBreaker();
      await ask('k');
      redis.probeAnswer = () => Promise.resolve();
      let tries = 0;
      redis.writeAnswer = () => {
        tries += 1;
        if (tries > 1) return Promise.resolve();
        const lost = redis.written.filter(({ key }) => key === 'k');
        return Promise.reject(new UndeliveredError(lost, replyError('OOM command not allowed')));
      };
      await jest.advanceTimersByTimeAsync(1_000);
      expect(redis.written.map(({ key }) => key)).toEqual(['x', 'y', 'z', 'k', 'k']);
      expect(lines.map((line) => /\((\w+)\)/.exec(line)?.[1])).toContain('OOM');
    });

    test('a Redis that stays silent is connected anew, one that answers is not', async () => {
      await openBreaker();
      redis.probeAnswer = never;
      await jest.advanceTimersByTimeAsync(4 * (250 + DEADLINE_MS + 5));
      expect(reconnected).toEqual(['']);
      reconnected.length = 0;
      redis.probeAnswer = () => Promise.reject(replyError('OOM command not allowed'));
      await jest.advanceTimersByTimeAsync(3_000);
      expect(reconnected).toEqual([]);
    });

    test('silence is counted anew in each outage', async () => {
      for (let outage = 0; outage < 2; outage++) {
        await openBreaker();
        redis.probeAnswer = never;
        await jest.advanceTimersByTimeAsync(3 * (250 + DEADLINE_MS + 5));
        redis.probeAnswer = () => Promise.resolve();
        redis.answer = () => Promise.resolve(accepted());
        await jest.advanceTimersByTimeAsync(600);
        expect(storage.isHealthy).toBe(true);
        jest.advanceTimersByTime(WINDOW_MS);
      }
      expect(reconnected).toEqual([]);
    });

    test('what is accepted while the rest is being written follows at once', async () => {
      await openBreaker();
      redis.probeAnswer = () => Promise.resolve();
      let finish!: () => void;
      redis.writeAnswer = () => new Promise((resolve) => (finish = resolve));
      await jest.advanceTimersByTimeAsync(251);
      await ask('meanwhile');
      redis.writeAnswer = () => Promise.resolve();
      finish();
      for (let i = 0; i < 10; i++) await Promise.resolve();
      expect(storage.isHealthy).toBe(true);
      expect(redis.written.map(({ key }) => key)).toContain('meanwhile');
    });

    test('a replica is left at once, and at every probe: the address may lead to the primary by now', async () => {
      redis.answer = () => Promise.reject(replyError('READONLY You can not write'));
      redis.probeAnswer = () => Promise.reject(replyError('READONLY You can not write'));
      for (const key of ['x', 'y', 'z']) await ask(key);
      expect(reconnected).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(260);
      expect(reconnected).toHaveLength(2);
    });

    test('a further cause that somebody has to remove gets a line of its own, once', async () => {
      await openBreaker();
      redis.probeAnswer = () => Promise.reject(replyError('OOM command not allowed'));
      await jest.advanceTimersByTimeAsync(1_000);
      storage.onConnectionLost(replyError('WRONGPASS no'));
      storage.onConnectionLost(replyError('WRONGPASS no'));
      storage.onConnectionLost(new Error('Connection is closed.'));
      expect(lines.map((line) => /\((\w+)\)/.exec(line)?.[1])).toEqual([
        'ECONNREFUSED',
        'OOM',
        'WRONGPASS',
      ]);
      expect(failures).toHaveLength(3);
    });

    test('a connection that is being opened again is no failure of Redis', async () => {
      const until = Promise.resolve();
      storage.onConnectionPaused(until);
      expect(redis.holds).toEqual([until]);
      redis.isHeld = true;
      redis.answer = never;
      const asked = ['x', 'y', 'z', 'a'].map((key) => ask(key));
      await jest.advanceTimersByTimeAsync(DEADLINE_MS + 1);
      for (const decided of await Promise.all(asked)) expect(decided.reason).toBe('deadline');
      expect(storage.isHealthy).toBe(true);
    });

    test('a lost connection opens the breaker without waiting for failures', () => {
      storage.onConnectionLost(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
      expect(storage.isHealthy).toBe(false);
      expect(failures).toEqual(['connection ECONNRESET']);
    });
  });

  describe('one key', () => {
    test('that holds something else never opens the breaker for all', async () => {
      redis.answer = (key) =>
        key === 'spoiled'
          ? Promise.reject(replyError('WRONGTYPE no'))
          : Promise.resolve(accepted());
      for (let i = 0; i < 2; i++) {
        expect(await ask('spoiled')).toMatchObject({ backend: 'memory', reason: 'outage' });
      }
      expect((await ask('spoiled')).isBlocked).toBe(true);
      for (let i = 0; i < 5; i++) {
        redis.answer = () => Promise.reject(replyError('WRONGTYPE no'));
        await ask(`spoiled ${i}`);
      }
      expect(storage.isHealthy).toBe(true);
      expect(failures).toEqual(Array(7).fill('wrong_type WRONGTYPE'));
      expect(lines).toEqual([expect.stringContaining('(WRONGTYPE)')]);
      await jest.advanceTimersByTimeAsync(2_000);
      expect(redis.written).toEqual([]);
    });

    test('that another node owns opens it at once, for good, whatever other keys do', async () => {
      redis.answer = (key) =>
        key === 'elsewhere'
          ? Promise.reject(replyError('MOVED 1 h:1'))
          : Promise.resolve(accepted());
      redis.probeAnswer = () => Promise.reject(replyError('MOVED 1 h:1'));
      await ask('elsewhere');
      expect(storage.isHealthy).toBe(false);
      await jest.advanceTimersByTimeAsync(5_000);
      expect(storage.isHealthy).toBe(false);
      expect(new Set(redis.probed)).toEqual(new Set(['elsewhere']));
      expect(lines).toEqual([expect.stringMatching(/\(MOVED\): it is a node of a Redis Cluster/)]);
    });
  });

  describe('shards', () => {
    beforeEach(() => {
      redis.owner = (key) => (key.startsWith('a') ? 'A' : 'B');
      redis.answer = (key) => (key.startsWith('a') ? down() : Promise.resolve(accepted()));
      redis.probeAnswer = down;
    });

    test('fail and recover each by itself', async () => {
      for (const key of ['a1', 'b1', 'a2', 'b2', 'a3', 'b3']) await ask(key);
      expect(breakers).toEqual([1]);
      const askedBefore = redis.asked.length;
      expect(await ask('a4')).toMatchObject({ backend: 'memory', reason: 'outage' });
      expect(redis.asked).toHaveLength(askedBefore);
      expect((await ask('b4')).backend).toBe('redis');
      expect(lines).toEqual([expect.stringMatching(/^Redis shard A unavailable \(ECONNREFUSED\)/)]);
    });

    test('what one of them missed goes to whoever owns it when it is back', async () => {
      for (const key of ['a1', 'a2', 'a3']) await ask(key);
      redis.owner = (key) => (key.startsWith('a') ? 'C' : 'B');
      redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(500);
      expect(redis.written.map(({ key }) => key).sort()).toEqual(['a1', 'a2', 'a3']);
      expect(breakers.at(-1)).toBe(0);
    });
  });

  describe('under the policies that do not count alone', () => {
    test.each(['open', 'closed'] as const)('"%s": nothing is decided in memory', async (policy) => {
      create(policy);
      redis.answer = down;
      redis.probeAnswer = down;
      for (let i = 0; i < 5; i++) await expect(ask()).rejects.toBeInstanceOf(RedisUnavailableError);
      expect(redis.asked).toHaveLength(3);
      redis.answer = () => Promise.resolve(accepted());
      redis.probeAnswer = () => Promise.resolve();
      await jest.advanceTimersByTimeAsync(500);
      expect(redis.written).toEqual([]);
      // None of the five counts here either.
      expect([(await ask()).isBlocked, (await ask()).isBlocked]).toEqual([false, false]);
    });

    test('the error says what happened', async () => {
      create('closed');
      const cause = replyError('OOM command not allowed');
      redis.answer = () => Promise.reject(cause);
      await expect(ask()).rejects.toMatchObject({ cause });
    });
  });

  test('after stop nothing is probed or written any more', async () => {
    await openBreaker();
    await ask('k');
    storage.stop();
    redis.probeAnswer = () => Promise.resolve();
    expect(jest.getTimerCount()).toBe(0);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(redis.probed).toEqual([]);
    expect(redis.written).toEqual([]);
  });
});
