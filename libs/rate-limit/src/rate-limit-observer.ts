import type { LimitBackend } from './limit-decision';
import type { RedisFailureKind } from './redis-failure';

/** `accepted` and `refused` by the rule; `unlimited` and `unavailable` by the policies `open` and `closed`. */
export type LimitOutcome = 'accepted' | 'refused' | 'unlimited' | 'unavailable';

/** Sees what the limiter does, for metrics; never a client. */
export interface RateLimitObserver {
  /** `seconds` is what the decision took. */
  decided(outcome: LimitOutcome, backend: LimitBackend, seconds: number): void;
  redisFailed(kind: RedisFailureKind): void;
  breakerChanged(open: boolean): void;
}
