import type { ThrottlerStorage } from '@nestjs/throttler';
import { BreakerSet } from './breaker-set';
import { DeadlineQueue } from './deadline-queue';
import { DecisionTimeoutError } from './decision-timeout.error';
import { type LimitDecision, type LimitRecord, toThrottlerRecord } from './limit-decision';
import { OutageLog } from './outage-log';
import type { RateLimitObserver } from './rate-limit-observer';
import type { RedisFailurePolicy } from './rate-limit-options';
import type { RedisConnectionListener } from './redis-connection-listener';
import { redisFailure } from './redis-failure';
import { RedisUnavailableError } from './redis-unavailable.error';
import type { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';
import type { SlidingWindowRedisStorage } from './sliding-window-redis.storage';
import { WriteBack } from './write-back';

const PROBES_TO_RECONNECT = 4;

/** How a storage treats a Redis that fails. */
export interface ResilienceOptions {
  readonly policy: RedisFailurePolicy;
  /** How long a decision waits for Redis. */
  readonly deadlineMs: number;
  /** A key of the limiter's key space that no client has. */
  readonly probeKey: string;
  /** Gives up the connection to a server and opens another. */
  readonly reconnect: (owner: string) => void;
  readonly observer?: RateLimitObserver;
}

interface Hit {
  readonly key: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly owner: string;
  readonly sentAt: number;
}

/**
 * The limit in Redis, whatever Redis does: a decision waits for it no longer than the deadline, a failing
 * Redis is kept off the request path, and what this process accepted or saw refused is remembered, so that
 * neither a flood nor an outage gets more than the limit from it. What it accepted alone is added in Redis later.
 */
export class ResilientStorage implements ThrottlerStorage, RedisConnectionListener {
  private readonly breakers: BreakerSet;
  private readonly deadlines: DeadlineQueue;
  private readonly outages: OutageLog;
  private readonly writeBack: WriteBack;
  private readonly unansweredProbes = new Map<string, number>();

  constructor(
    private readonly redis: SlidingWindowRedisStorage,
    private readonly memory: SlidingWindowMemoryStorage,
    private readonly options: ResilienceOptions,
  ) {
    this.deadlines = new DeadlineQueue(options.deadlineMs, () => new DecisionTimeoutError());
    this.outages = new OutageLog(options.policy);
    this.breakers = new BreakerSet(
      {
        probe: (owner, key) => this.probe(owner, key),
        onOpen: (owner, cause) => this.onOpen(owner, cause),
        onProbeFailed: (owner, cause) => this.outages.stillOpen(owner, cause),
        onClosed: (owner) => this.onClosed(owner),
      },
      options.probeKey,
    );
    this.writeBack = new WriteBack(
      (hits) => redis.writeBack(hits),
      (key) => !this.breakers.isOpen(redis.ownerOf(key)),
    );
  }

  /** Whether Redis decides about all clients now; where not, the failure policy does. */
  get isHealthy(): boolean {
    return this.breakers.openCount === 0;
  }

  /**
   * Decides about one request that arrives now.
   * @throws RedisUnavailableError where Redis is needed, fails, and the policy is not `local`
   */
  async increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    const owner = this.redis.ownerOf(key);
    const isOpen = this.breakers.isOpen(owner);
    if (isOpen && this.options.policy !== 'local') throw new RedisUnavailableError();
    // Decided here first, so that of many requests at once no more than the limit go to Redis, and a Redis
    // that lost its data cannot grant a second allowance.
    const local = this.memory.hit(key, limit, ttl);
    if (isOpen) {
      if (local.accepted) this.writeBack.add(key, limit, ttl);
      return toThrottlerRecord(local, 'outage');
    }
    if (!local.accepted) return toThrottlerRecord(local, 'remembered');
    const sentAt = performance.now();
    const pending = this.redis.hit(key, limit, ttl);
    try {
      const decision = await this.deadlines.within(pending);
      this.breakers.success(owner);
      if (!decision.accepted) {
        this.memory.undo(key, limit);
        this.memory.deny(key, limit, decision.resetMs);
      }
      return toThrottlerRecord(decision);
    } catch (error) {
      return this.decideAlone({ key, limit, windowMs: ttl, owner, sentAt }, local, pending, error);
    }
  }

  /** The connection is down: keeps Redis off the request path at once. */
  onConnectionLost(cause: unknown): void {
    const owner = this.redis.ownerOf(this.options.probeKey);
    if (this.breakers.isOpen(owner)) {
      this.outages.stillOpen(owner, cause);
      return;
    }
    this.options.observer?.redisFailed(redisFailure(cause));
    this.breakers.open(owner, cause);
  }

  /** The connection was closed and is being opened again: requests wait for it, up to their deadline. */
  onConnectionPaused(until: Promise<void>): void {
    this.redis.hold(until);
  }

  stop(): void {
    this.deadlines.stop();
    this.breakers.stop();
    this.writeBack.stop();
  }

  private decideAlone(
    hit: Hit,
    local: LimitDecision,
    pending: Promise<LimitDecision>,
    error: unknown,
  ): LimitRecord {
    const isLate = error instanceof DecisionTimeoutError;
    const isKeyUnusable = this.countFailure(hit, error);
    const isLocal = this.options.policy === 'local';
    if (isLate) this.learnFromLateReply(hit, pending, isLocal);
    // Redis may or may not have counted it before the connection broke: better twice than not at all.
    else if (isLocal && !isKeyUnusable) this.writeBack.add(hit.key, hit.limit, hit.windowMs);
    if (isLocal) return toThrottlerRecord(local, isLate ? 'deadline' : 'outage');
    this.memory.undo(hit.key, hit.limit);
    throw new RedisUnavailableError({ cause: error });
  }

  /** Reports a failure to the breaker of its server; whether it concerns only this key, and no breaker. */
  private countFailure({ key, owner }: Hit, error: unknown): boolean {
    const failure = redisFailure(error);
    this.options.observer?.redisFailed(failure);
    if (failure.kind === 'wrong_type') {
      this.outages.keyUnusable(error);
      return true;
    }
    // A connection that is being opened again reports by itself if that fails, and says why.
    if (failure.kind === 'timeout' && this.redis.isHeld) return false;
    // A redirection is permanent; successes of other keys in between must not hide it.
    if (failure.kind === 'cluster' && owner === '') this.breakers.open(owner, error, key);
    else this.breakers.failure(owner, key, error);
    return false;
  }

  /** A reply after the deadline still carries the state of the shared window. */
  private learnFromLateReply(
    hit: Hit,
    pending: Promise<LimitDecision>,
    wasAccepted: boolean,
  ): void {
    const { key, limit, windowMs, sentAt } = hit;
    pending.then(
      ({ accepted, resetMs }) => {
        if (accepted) return;
        const leftMs = resetMs - (performance.now() - sentAt);
        if (leftMs > 0) this.memory.deny(key, limit, leftMs);
        if (wasAccepted) this.writeBack.add(key, limit, windowMs);
      },
      () => {
        if (wasAccepted) this.writeBack.add(key, limit, windowMs);
      },
    );
  }

  private async probe(owner: string, key: string): Promise<void> {
    try {
      // The script itself, so that a Redis that answers PING but cannot count stays out.
      await this.deadlines.within(this.redis.probe(key));
      await this.writeBack.catchUp(
        (unshared) => this.redis.ownerOf(unshared) === owner,
        (delivery) => this.deadlines.within(delivery),
      );
    } catch (error) {
      this.reconnectIfStuck(owner, error);
      throw error;
    }
  }

  private reconnectIfStuck(owner: string, error: unknown): void {
    const { kind } = redisFailure(error);
    // A replica: the address may lead to the primary by now.
    if (kind === 'readonly') this.options.reconnect(owner);
    if (kind !== 'timeout' && kind !== 'connection') return;
    const unanswered = (this.unansweredProbes.get(owner) ?? 0) + 1;
    this.unansweredProbes.set(owner, unanswered % PROBES_TO_RECONNECT);
    // A half-open connection can take minutes to fail by itself.
    if (unanswered === PROBES_TO_RECONNECT) this.options.reconnect(owner);
  }

  private onOpen(owner: string, cause: unknown): void {
    this.options.observer?.breakersOpen(this.breakers.openCount);
    this.outages.opened(owner, cause);
    if (redisFailure(cause).kind === 'readonly') this.options.reconnect(owner);
  }

  private onClosed(owner: string): void {
    // Before any request of this turn: Redis takes the commands of a connection in their order.
    this.writeBack.flush();
    this.unansweredProbes.delete(owner);
    this.options.observer?.breakersOpen(this.breakers.openCount);
    this.outages.closed(owner);
  }
}
