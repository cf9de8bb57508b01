import type { FactoryProvider } from '@nestjs/common';
import {
  getOptionsToken,
  getStorageToken,
  type ThrottlerModuleOptions,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import { Cluster, type Redis } from 'ioredis';
import { ClusterConnection } from './cluster-connection';
import { DEFAULT_KEY_PREFIX } from './limit-key';
import { RATE_LIMIT_OPTIONS } from './rate-limit.module-definition';
import { DEFAULT_DEADLINE_MS, type RateLimitOptions } from './rate-limit-options';
import { REDIS_CLIENT } from './redis-client.provider';
import { RedisConnection } from './redis-connection';
import type { RedisLink } from './redis-link';
import { describeRedis } from './redis-server';
import { ResilientStorage } from './resilient.storage';
import { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';
import { SCRIPTS, SlidingWindowRedisStorage } from './sliding-window-redis.storage';

/** Token of the connection behind the storage, `null` where the limit is kept in memory. */
export const REDIS_LINK = Symbol('REDIS_LINK');

/** The one named limit that the guard enforces. */
export const throttlerOptionsProvider: FactoryProvider<ThrottlerModuleOptions> = {
  provide: getOptionsToken(),
  inject: [RATE_LIMIT_OPTIONS],
  useFactory: ({ limit, windowMs }: RateLimitOptions) => [
    { name: 'predict', limit, ttl: windowMs },
  ],
};

export const redisLinkProvider: FactoryProvider<RedisLink | null> = {
  provide: REDIS_LINK,
  inject: [RATE_LIMIT_OPTIONS, REDIS_CLIENT],
  useFactory: ({ redis }: RateLimitOptions, client: Redis | Cluster | null) => {
    if (!client) return null;
    const description = redis ? describeRedis(redis) : '';
    return client instanceof Cluster
      ? new ClusterConnection(client, SCRIPTS, description)
      : new RedisConnection(client, SCRIPTS, description);
  },
};

/** Counts in Redis with the failure policy around it, or in memory where there is no client. */
export const limitStorageProvider: FactoryProvider<ThrottlerStorage> = {
  provide: getStorageToken(),
  inject: [RATE_LIMIT_OPTIONS, REDIS_CLIENT, REDIS_LINK],
  useFactory: (
    options: RateLimitOptions,
    client: Redis | Cluster | null,
    link: RedisLink | null,
  ) => {
    const memory = new SlidingWindowMemoryStorage();
    if (!client || !link) return memory;
    return new ResilientStorage(new SlidingWindowRedisStorage(client), memory, {
      policy: options.onRedisFailure,
      deadlineMs: options.deadlineMs ?? DEFAULT_DEADLINE_MS,
      probeKey: `${options.keyPrefix ?? DEFAULT_KEY_PREFIX}:start`,
      reconnect: (owner) => link.reconnect(owner),
      observer: options.observer,
    });
  },
};
