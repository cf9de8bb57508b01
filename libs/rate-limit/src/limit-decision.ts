import type { ThrottlerStorage } from '@nestjs/throttler';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** Who decided: Redis, or this process from what it remembers. */
export type LimitBackend = 'redis' | 'memory';

/** What a limiter decided about one request of one client. */
export interface LimitDecision {
  readonly backend: LimitBackend;
  readonly accepted: boolean;
  /** Accepted requests in the window that ends now, this one included if it was accepted. */
  readonly used: number;
  /** Time until the oldest of them leaves the window: after a refusal, when the next one is accepted. */
  readonly resetMs: number;
}

/** A throttler's record that also says who decided. */
export interface LimitRecord extends ThrottlerRecord {
  readonly backend: LimitBackend;
}

/** The decision in the throttler's words, whose times are whole seconds, rounded up so that waiting suffices. */
export function toThrottlerRecord({
  backend,
  accepted,
  used,
  resetMs,
}: LimitDecision): LimitRecord {
  const seconds = Math.ceil(resetMs / 1000);
  return {
    backend,
    totalHits: used,
    timeToExpire: seconds,
    isBlocked: !accepted,
    timeToBlockExpire: accepted ? 0 : seconds,
  };
}
