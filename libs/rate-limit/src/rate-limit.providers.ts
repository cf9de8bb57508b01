import type { FactoryProvider } from '@nestjs/common';
import {
  getOptionsToken,
  getStorageToken,
  type ThrottlerModuleOptions,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { Redis } from 'ioredis';
import { RATE_LIMIT_OPTIONS } from './rate-limit.module-definition';
import type { RateLimitOptions } from './rate-limit-options';
import { REDIS_CLIENT } from './redis-client.provider';
import { RedisConnection } from './redis-connection';
import { ResilientStorage } from './resilient.storage';
import { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';
import { SlidingWindowRedisStorage } from './sliding-window-redis.storage';

/** The one named limit that the guard enforces. */
export const throttlerOptionsProvider: FactoryProvider<ThrottlerModuleOptions> = {
  provide: getOptionsToken(),
  inject: [RATE_LIMIT_OPTIONS],
  useFactory: ({ limit, windowMs }: RateLimitOptions) => [
    { name: 'predict', limit, ttl: windowMs },
  ],
};

/** Counts in Redis with the failure policy around it, or in memory where there is no client. */
export const limitStorageProvider: FactoryProvider<ThrottlerStorage> = {
  provide: getStorageToken(),
  inject: [RATE_LIMIT_OPTIONS, REDIS_CLIENT],
  useFactory: ({ onRedisFailure, observer }: RateLimitOptions, client: Redis | null) => {
    const memory = new SlidingWindowMemoryStorage();
    if (!client) return memory;
    const redis = new SlidingWindowRedisStorage(client);
    return new ResilientStorage(redis, memory, onRedisFailure, observer);
  },
};

/** The connection behind the storage, `null` where the limit is kept in memory. */
export const redisConnectionProvider: FactoryProvider<RedisConnection | null> = {
  provide: RedisConnection,
  inject: [RATE_LIMIT_OPTIONS, REDIS_CLIENT, getStorageToken()],
  useFactory: ({ redis }: RateLimitOptions, client: Redis | null, storage: ThrottlerStorage) =>
    client && storage instanceof ResilientStorage
      ? new RedisConnection(client, storage, redis)
      : null,
};
