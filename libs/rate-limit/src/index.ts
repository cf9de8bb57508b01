export { clientAddress } from './client-tracker';
export type { LimitBackend } from './limit-decision';
export { LimiterUnavailableException } from './limiter-unavailable.exception';
export { RateLimitException } from './rate-limit.exception';
export { RateLimitGuard } from './rate-limit.guard';
export { RateLimitHealth } from './rate-limit.health';
export { RateLimitModule } from './rate-limit.module';
export type { LimitOutcome, RateLimitObserver } from './rate-limit-observer';
export {
  type RateLimitOptions,
  REDIS_FAILURE_POLICIES,
  type RedisConnection,
  type RedisFailurePolicy,
} from './rate-limit-options';
export { REDIS_CLIENT } from './redis-client.provider';
export type { RedisFailureKind } from './redis-failure';
