import { Cluster, Redis } from 'ioredis';
import { createRedisClient, reconnectDelayMs } from './create-redis-client';
import { parseRedisUrl } from './parse-redis-url';
import type { SentinelRedis } from './redis-server';

describe(createRedisClient.name, () => {
  test('one Redis: its own address, database and authority', () => {
    const server = parseRedisUrl('rediss://u:p@cache:7000/2');
    const client = createRedisClient({ ...server, tlsCa: 'PEM' });
    expect(client).toBeInstanceOf(Redis);
    expect(client.options).toMatchObject({
      host: 'cache',
      port: 7000,
      db: 2,
      username: 'u',
      password: 'p',
      tls: { ca: 'PEM' },
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
    });
  });

  test('without TLS nothing is encrypted', () => {
    expect(createRedisClient(parseRedisUrl('redis://cache')).options).not.toHaveProperty('tls.ca');
  });

  test('behind Sentinels: both are spoken to in TLS, each with its own credentials', () => {
    const server = parseRedisUrl('rediss+sentinel://u:p@s1,s2/limits/1') as SentinelRedis;
    const client = createRedisClient({
      ...server,
      tlsCa: 'PEM',
      sentinelUsername: 'su',
      sentinelPassword: 'sp',
    });
    expect(client.options).toMatchObject({
      sentinels: [
        { host: 's1', port: 26379 },
        { host: 's2', port: 26379 },
      ],
      name: 'limits',
      db: 1,
      username: 'u',
      password: 'p',
      sentinelUsername: 'su',
      sentinelPassword: 'sp',
      tls: { ca: 'PEM' },
      sentinelTLS: { ca: 'PEM' },
      enableTLSForSentinelMode: true,
      failoverDetector: true,
    });
  });

  test('a cluster: names stay names where certificates are checked', () => {
    const client = createRedisClient(parseRedisUrl('rediss+cluster://u:p@n1:7000,n2'));
    expect(client).toBeInstanceOf(Cluster);
    const { redisOptions, dnsLookup } = (client as Cluster).options;
    expect(redisOptions).toMatchObject({ username: 'u', password: 'p', tls: {} });
    const looked = jest.fn();
    dnsLookup!('n1', looked);
    expect(looked).toHaveBeenCalledWith(null, 'n1');
  });
});

describe(reconnectDelayMs.name, () => {
  test('is short at first, bounded, and never ends', () => {
    for (let i = 0; i < 50; i++) {
      expect(reconnectDelayMs(1)).toBeLessThanOrEqual(20);
      expect(reconnectDelayMs(1_000)).toBeGreaterThanOrEqual(250);
      expect(reconnectDelayMs(1_000)).toBeLessThanOrEqual(500);
    }
  });
});
