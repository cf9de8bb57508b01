import { Logger } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { CircuitBreaker } from './circuit-breaker';
import { DeadlineQueue } from './deadline-queue';
import { type LimitRecord, toThrottlerRecord } from './limit-decision';
import type { RedisFailurePolicy } from './rate-limit-options';
import type { RateLimitObserver } from './rate-limit-observer';
import { DecisionTimeoutError, type RedisFailureKind, redisFailureKind } from './redis-failure';
import { RedisUnavailableError } from './redis-unavailable.error';
import type { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';
import type { SlidingWindowRedisStorage } from './sliding-window-redis.storage';

/** Leaves room for a late timer below the promised 100 ms. */
const DEADLINE_MS = 80;
const FAILURES_TO_OPEN = 3;
const PROBE_INTERVAL_MS = 250;
const PROBE_KEY = 'probe';
const PROBES_TO_RECONNECT = 4;

const CURES: Record<RedisFailureKind, string> = {
  timeout: 'it does not answer in time',
  connection: 'it cannot be reached: see REDIS_HOST, REDIS_PORT and REDIS_TLS',
  credentials: 'it refuses the credentials: see REDIS_USERNAME and REDIS_PASSWORD',
  permission: 'the user may not run the script: allow +eval +evalsha and list commands on the keys',
  readonly: 'it does not accept writes: REDIS_HOST must name the primary',
  out_of_memory: 'it is out of memory: raise maxmemory or allow eviction',
  malformed: 'its replies make no sense: is something else listening there?',
  other: 'it answers with an error',
};

/**
 * The limit in Redis, whatever Redis does: a decision takes at most 100 ms, a dead Redis is kept off the
 * request path, and what this process accepted or saw refused is remembered, so that neither a flood nor an
 * outage gets more than the limit from it.
 */
export class ResilientStorage implements ThrottlerStorage {
  private readonly logger = new Logger('RateLimit');
  private readonly breaker: CircuitBreaker;
  private readonly deadlines = new DeadlineQueue(DEADLINE_MS, () => new DecisionTimeoutError());
  private announced: RedisFailureKind | undefined;
  private unansweredProbes = 0;

  constructor(
    private readonly redis: SlidingWindowRedisStorage,
    private readonly memory: SlidingWindowMemoryStorage,
    private readonly onRedisFailure: RedisFailurePolicy,
    private readonly observer?: RateLimitObserver,
  ) {
    this.breaker = new CircuitBreaker({
      threshold: FAILURES_TO_OPEN,
      probeIntervalMs: PROBE_INTERVAL_MS,
      probe: () => this.probe(),
      onChange: (state, cause) => this.announce(state, cause),
    });
  }

  /** Whether Redis decides now; if not, the failure policy does. */
  get isHealthy(): boolean {
    return !this.breaker.isOpen;
  }

  /**
   * Decides about one request that arrives now.
   * @throws RedisUnavailableError where Redis is needed, fails, and the policy is not `local`
   */
  async increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    if (this.breaker.isOpen && this.onRedisFailure !== 'local') throw new RedisUnavailableError();
    // Decided here first, so that of many requests at once no more than the limit go to Redis, and a Redis
    // that lost its data cannot hand out a second allowance.
    const local = this.memory.hit(key, limit, ttl);
    if (!local.accepted || this.breaker.isOpen) return toThrottlerRecord(local);
    try {
      const decision = await this.deadlines.within(this.redis.hit(key, limit, ttl));
      this.breaker.success();
      if (!decision.accepted) this.memory.revoke(key, decision.resetMs);
      return toThrottlerRecord(decision);
    } catch (error) {
      this.observer?.redisFailed(redisFailureKind(error));
      this.breaker.failure(error);
      if (this.onRedisFailure === 'local') return toThrottlerRecord(local);
      this.memory.revoke(key, 0);
      throw new RedisUnavailableError();
    }
  }

  /** Opens the breaker at once: for a connection that is known to be down. */
  suspend(cause: unknown): void {
    const alreadyOpen = this.breaker.isOpen;
    if (!alreadyOpen) this.observer?.redisFailed(redisFailureKind(cause));
    this.breaker.open(cause);
    // A lost connection that comes back with the wrong password needs somebody to act.
    if (alreadyOpen && redisFailureKind(cause) === 'credentials') this.announceFailure(cause);
  }

  stop(): void {
    this.deadlines.stop();
    this.breaker.stop();
  }

  private async probe(): Promise<void> {
    try {
      // The script itself, so that a Redis that answers PING but cannot count stays out.
      await this.deadlines.within(this.redis.hit(PROBE_KEY, 1, 1));
      this.unansweredProbes = 0;
    } catch (error) {
      const kind = redisFailureKind(error);
      if (kind === 'timeout' || kind === 'connection') this.unansweredProbes += 1;
      if (this.unansweredProbes === PROBES_TO_RECONNECT) {
        // A connection into a void would stay open, or wait for its greeting, for many minutes.
        this.unansweredProbes = 0;
        this.redis.reconnect();
      }
      throw error;
    }
  }

  private announce(state: 'open' | 'closed', cause: unknown): void {
    this.observer?.breakerChanged(state === 'open');
    if (state === 'open') {
      this.announceFailure(cause);
      return;
    }
    this.announced = undefined;
    this.logger.log('Redis decides again');
  }

  private announceFailure(cause: unknown): void {
    const kind = redisFailureKind(cause);
    if (kind === this.announced) return;
    this.announced = kind;
    this.logger.error(`Redis cannot decide, ${CURES[kind]}; policy "${this.onRedisFailure}" does`);
  }
}
