import type { LimitBackend, MemoryReason } from './limit-decision';
import type { RedisFailure } from './redis-failure';

/** `accepted` and `refused` by the limit; `unlimited` and `unavailable` by the policies `open` and `closed`. */
export type LimitOutcome = 'accepted' | 'refused' | 'unlimited' | 'unavailable';

/** Receives what the limiter does, for metrics; never an address of a client. */
export interface RateLimitObserver {
  /**
   * A request was decided in `seconds`; `reason` is why this process decided by itself although Redis is
   * configured.
   */
  decided(
    outcome: LimitOutcome,
    backend: LimitBackend,
    seconds: number,
    reason?: MemoryReason,
  ): void;
  redisFailed(failure: RedisFailure): void;
  /** How many circuit breakers are open: 0 or 1, in a cluster up to the number of its shards. */
  breakersOpen(count: number): void;
}
