import type { RateLimitObserver } from './rate-limit-observer';

/** What decides about requests while Redis cannot: each replica for itself, nobody, or no request passes. */
export const REDIS_FAILURE_POLICIES = ['local', 'open', 'closed'] as const;
export type RedisFailurePolicy = (typeof REDIS_FAILURE_POLICIES)[number];

export interface RedisConnection {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls: boolean;
}

/** At most `limit` requests of one client in any `windowMs`; counted in memory where `redis` is absent. */
export interface RateLimitOptions {
  readonly limit: number;
  readonly windowMs: number;
  readonly onRedisFailure: RedisFailurePolicy;
  readonly redis?: RedisConnection;
  readonly observer?: RateLimitObserver;
}
