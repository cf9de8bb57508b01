import type { ThrottlerStorage } from '@nestjs/throttler';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** Who decided: Redis, or this process from what it remembers. */
export type LimitBackend = 'redis' | 'memory';

/**
 * Why this process decided although Redis is configured: `remembered`, it knows that the window is full;
 * `deadline`, Redis did not answer in time; `outage`, Redis is unavailable.
 */
export type MemoryReason = 'remembered' | 'deadline' | 'outage';

/** What a limiter decided about one request of one client. */
export interface LimitDecision {
  readonly backend: LimitBackend;
  readonly accepted: boolean;
  /** Accepted requests in the window that ends now, this one included if it was accepted. */
  readonly used: number;
  /** Time until the oldest of them leaves the window; after a refusal, until the next one is accepted. */
  readonly resetMs: number;
}

/** A throttler's record that also says who decided, and why. */
export interface LimitRecord extends ThrottlerRecord {
  readonly backend: LimitBackend;
  readonly reason?: MemoryReason;
}

/** The decision as the throttler's record: whole seconds, rounded up so that waiting that long suffices. */
export function toThrottlerRecord(decision: LimitDecision, reason?: MemoryReason): LimitRecord {
  const seconds = Math.ceil(decision.resetMs / 1000);
  return {
    backend: decision.backend,
    reason,
    totalHits: decision.used,
    timeToExpire: seconds,
    isBlocked: !decision.accepted,
    timeToBlockExpire: decision.accepted ? 0 : seconds,
  };
}
