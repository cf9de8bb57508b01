import { Redis, type RedisOptions } from 'ioredis';
import type { RedisServer, SingleRedis } from './redis-server';

/**
 * A client, not yet connected, that never queues, resends or waits: a command either reaches a ready Redis
 * at once or fails at once, and the limiter's own deadline ends what is not answered.
 */
export function createRedisClient(server: RedisServer): Redis {
  const { host, port, db } = server as SingleRedis;
  return new Redis({ ...commonOptions(server), host, port, db });
}

function commonOptions({ username, password, tls, tlsCa }: RedisServer): RedisOptions {
  return {
    username,
    password,
    tls: tls ? { ca: tlsCa } : undefined,
    lazyConnect: true,
    connectTimeout: 1000,
    disconnectTimeout: 200,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    // A count that was sent twice would be counted twice.
    autoResendUnfulfilledCommands: false,
    retryStrategy: reconnectDelayMs,
  };
}

/** Almost at once at first, then doubling to half a second, with up to a half of jitter; never gives up. */
export function reconnectDelayMs(attempt: number): number {
  const ceiling = Math.min(500, 10 * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}
