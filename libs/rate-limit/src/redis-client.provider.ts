import type { FactoryProvider } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RATE_LIMIT_OPTIONS } from './rate-limit.module-definition';
import type { RateLimitOptions, RedisConnection } from './rate-limit-options';

/** Token of the ioredis client, `null` where the limit is kept in memory. */
export const REDIS_CLIENT = Symbol('REDIS_CLIENT');

export const redisClientProvider: FactoryProvider<Redis | null> = {
  provide: REDIS_CLIENT,
  inject: [RATE_LIMIT_OPTIONS],
  useFactory: ({ redis }: RateLimitOptions) => (redis ? createRedisClient(redis) : null),
};

/**
 * A client, not yet connected, that never queues, resends or waits: a command either reaches a ready Redis
 * at once or fails at once, and the limiter's own deadline ends what is not answered.
 */
export function createRedisClient({ host, port, username, password, tls }: RedisConnection): Redis {
  return new Redis({
    host,
    port,
    username,
    password,
    tls: tls ? {} : undefined,
    lazyConnect: true,
    connectTimeout: 1000,
    disconnectTimeout: 200,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    // A count that was sent twice would be counted twice.
    autoResendUnfulfilledCommands: false,
    retryStrategy: reconnectDelayMs,
    // A replica that was a primary when we connected: look up the host again.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  });
}

/** Doubles from 50 ms to 2 s with up to a half of jitter, and never gives up. */
function reconnectDelayMs(attempt: number): number {
  const ceiling = Math.min(2000, 25 * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}
