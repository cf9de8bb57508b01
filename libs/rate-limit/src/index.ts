export { clientAddress } from './client-tracker';
export type { LimitBackend, MemoryReason } from './limit-decision';
export { DEFAULT_KEY_PREFIX } from './limit-key';
export { LimiterUnavailableException } from './limiter-unavailable.exception';
export { RateLimitException } from './rate-limit.exception';
export { RateLimitGuard } from './rate-limit.guard';
export { RateLimitHealth } from './rate-limit.health';
export { RateLimitModule } from './rate-limit.module';
export type { LimitOutcome, RateLimitObserver } from './rate-limit-observer';
export {
  DEFAULT_DEADLINE_MS,
  type RateLimitOptions,
  REDIS_FAILURE_POLICIES,
  type RedisFailurePolicy,
} from './rate-limit-options';
export { REDIS_CLIENT } from './redis-client.provider';
export type { RedisFailure, RedisFailureKind } from './redis-failure';
export {
  type ClusterRedis,
  describeRedis,
  type HostAndPort,
  type RedisServer,
  type SentinelRedis,
  type SingleRedis,
} from './redis-server';
export { InvalidRedisUrlError, parseRedisUrl } from './parse-redis-url';
