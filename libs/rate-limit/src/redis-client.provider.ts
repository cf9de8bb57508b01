import type { FactoryProvider } from '@nestjs/common';
import type { Cluster, Redis } from 'ioredis';
import { createRedisClient } from './create-redis-client';
import { RATE_LIMIT_OPTIONS } from './rate-limit.module-definition';
import type { RateLimitOptions } from './rate-limit-options';

/** Token of the ioredis client, `null` where the limit is kept in memory. */
export const REDIS_CLIENT = Symbol('REDIS_CLIENT');

export const redisClientProvider: FactoryProvider<Redis | Cluster | null> = {
  provide: REDIS_CLIENT,
  inject: [RATE_LIMIT_OPTIONS],
  useFactory: ({ redis, limit, ownLimits = false }: RateLimitOptions) =>
    redis && (limit > 0 || ownLimits) ? createRedisClient(redis) : null,
};
