import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';
import type { ClusterRedis, RedisServer, SentinelRedis } from './redis-server';

/**
 * A client, not yet connected, that never queues, resends or waits: a command either reaches a ready Redis
 * at once or fails at once, and the limiter's own deadline ends what is not answered.
 */
export function createRedisClient(server: RedisServer): Redis | Cluster {
  if (server.mode === 'cluster') return new Cluster([...server.nodes], clusterOptions(server));
  if (server.mode === 'sentinel') return new Redis(sentinelOptions(server));
  const { host, port, db } = server;
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

function sentinelOptions(server: SentinelRedis): RedisOptions {
  const { sentinels, name, db, sentinelUsername, sentinelPassword, tls, tlsCa } = server;
  return {
    ...commonOptions(server),
    sentinels: [...sentinels],
    name,
    db,
    sentinelUsername,
    sentinelPassword,
    enableTLSForSentinelMode: tls,
    sentinelTLS: tls ? { ca: tlsCa } : undefined,
    // Else the old primary of a planned failover takes writes for many seconds, and then forgets them.
    failoverDetector: true,
    sentinelCommandTimeout: 500,
    sentinelRetryStrategy: () => 200,
  };
}

function clusterOptions(server: ClusterRedis): ClusterOptions {
  const { tls } = server;
  return {
    redisOptions: commonOptions(server),
    lazyConnect: true,
    enableOfflineQueue: false,
    // MOVED and ASK are followed; waiting for anything else is the breaker's business.
    maxRedirections: 5,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: 1,
    // Left to ClusterConnection: ioredis goes on with it for ever where the connection is closed during one.
    slotsRefreshInterval: 0,
    slotsRefreshTimeout: 1000,
    // It asks any one node, and waits for that one although the others could answer. Each node is asked when it is warmed up.
    enableReadyCheck: false,
    clusterRetryStrategy: reconnectDelayMs,
    // Certificates name hosts, not addresses: do not resolve the names here.
    ...(tls && { dnsLookup: (host, done) => done(null, host) }),
  };
}

/** Almost at once at first, then doubling to half a second, with up to a half of jitter; never gives up. */
export function reconnectDelayMs(attempt: number): number {
  const ceiling = Math.min(500, 10 * 2 ** Math.min(attempt, 10));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}
