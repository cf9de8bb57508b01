import { Logger } from '@nestjs/common';
import type { LimitDecision } from '../../libs/rate-limit/src/limit-decision';
import type { RedisFailurePolicy } from '../../libs/rate-limit/src/rate-limit-options';
import { ResilientStorage } from '../../libs/rate-limit/src/resilient.storage';
import { SlidingWindowMemoryStorage } from '../../libs/rate-limit/src/sliding-window-memory.storage';
import type { SlidingWindowRedisStorage } from '../../libs/rate-limit/src/sliding-window-redis.storage';
import type { UnsharedHits } from '../../libs/rate-limit/src/unshared-hits';

export const LIMIT = 2;
export const WINDOW_MS = 60_000;
export const DEADLINE_MS = 40;

export const accepted = (used = 1): LimitDecision => ({
  backend: 'redis',
  accepted: true,
  used,
  resetMs: WINDOW_MS,
});
export const refused = (resetMs = 5_000): LimitDecision => ({
  backend: 'redis',
  accepted: false,
  used: LIMIT,
  resetMs,
});
export const replyError = (message: string): Error =>
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

/** A limiter on fake time in front of a Redis whose every decision the test makes, anew for each test. */
export class ScriptedLimiter {
  redis!: ScriptedRedis;
  storage!: ResilientStorage;
  readonly reconnected: string[] = [];
  readonly failures: string[] = [];
  readonly breakers: number[] = [];
  readonly lines: string[] = [];

  constructor() {
    beforeEach(() => this.begin());
    afterEach(() => {
      this.storage.stop();
      jest.useRealTimers();
      jest.restoreAllMocks();
    });
  }

  create(policy: RedisFailurePolicy = 'local'): void {
    this.redis = new ScriptedRedis();
    this.storage = new ResilientStorage(
      this.redis as unknown as SlidingWindowRedisStorage,
      new SlidingWindowMemoryStorage(),
      {
        policy,
        deadlineMs: DEADLINE_MS,
        probeKey: 'start',
        reconnect: (owner) => this.reconnected.push(owner),
        observer: {
          decided: () => undefined,
          redisFailed: ({ kind, code }) => this.failures.push(`${kind} ${code}`),
          breakersOpen: (count) => this.breakers.push(count),
        },
      },
    );
  }

  readonly ask = (key = 'k') => this.storage.increment(key, WINDOW_MS, LIMIT);
  readonly down = () => Promise.reject(Object.assign(new Error('down'), { code: 'ECONNREFUSED' }));
  readonly never = () => new Promise<never>(() => undefined);

  async openBreaker(): Promise<void> {
    this.redis.answer = this.down;
    this.redis.probeAnswer = this.down;
    for (const key of ['x', 'y', 'z']) await this.ask(key);
    expect(this.storage.isHealthy).toBe(false);
  }

  private begin(): void {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
    for (const list of [this.reconnected, this.failures, this.breakers, this.lines]) {
      list.length = 0;
    }
    for (const level of ['log', 'warn', 'error'] as const) {
      jest
        .spyOn(Logger.prototype, level)
        .mockImplementation((...line: unknown[]) => void this.lines.push(String(line[0])));
    }
    this.create();
  }
}
