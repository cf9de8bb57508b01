import type { RateLimitObserver } from './rate-limit-observer';
import type { RedisServer } from './redis-server';

/** What decides while Redis cannot: each replica by itself, nothing (no limit), or every request is refused. */
export const REDIS_FAILURE_POLICIES = ['local', 'open', 'closed'] as const;
export type RedisFailurePolicy = (typeof REDIS_FAILURE_POLICIES)[number];

/** How long a decision waits for Redis unless configured otherwise. */
export const DEFAULT_DEADLINE_MS = 100;

/** At most `limit` requests of one client in any `windowMs`; counted in memory where `redis` is absent. */
export interface RateLimitOptions {
  /** 0 switches the limit off. */
  readonly limit: number;
  /** Whether clients may have limits of their own, which count even where `limit` is 0. */
  readonly ownLimits?: boolean;
  readonly windowMs: number;
  readonly onRedisFailure: RedisFailurePolicy;
  readonly redis?: RedisServer;
  /** What every key starts with; services that share a Redis need different ones. */
  readonly keyPrefix?: string;
  /** How long a decision waits for Redis before this process decides by itself. */
  readonly deadlineMs?: number;
  readonly observer?: RateLimitObserver;
}
