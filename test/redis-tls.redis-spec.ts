import { parseRedisUrl } from '@inferserve/rate-limit';
import { freePort } from './support/free-port';
import { Limiter, takeLines } from './support/limiter';
import { describeWithRedis, RedisServer } from './support/redis-server';
import { TestAuthority } from './support/test-authority';

describeWithRedis('Redis in TLS', () => {
  let authority: TestAuthority;
  let redis: RedisServer;
  let port: number;
  const running: Limiter[] = [];
  beforeAll(async () => {
    authority = new TestAuthority();
    port = await freePort();
    redis = await RedisServer.start(...authority.redisOptions(port), '--requirepass', 'p@ss/w:rd');
  });
  afterAll(async () => {
    await redis.stop();
    authority.remove();
  });
  beforeEach(() => takeLines());
  afterEach(() => Promise.all(running.splice(0).map((limiter) => limiter.stop())));

  const replica = async (url: string, tlsCa?: string): Promise<Limiter> => {
    const limiter = await Limiter.start({ redis: { ...parseRedisUrl(url), tlsCa } });
    running.push(limiter);
    return limiter;
  };
  const unavailable = (): readonly string[] =>
    takeLines().filter((line) => line.includes('unavailable'));

  test('counts with the certificate of a private authority and an encoded password', async () => {
    const url = `rediss://:p%40ss%2Fw%3Ard@127.0.0.1:${port}`;
    const [a, b] = [
      await replica(url, authority.certificate),
      await replica(url, authority.certificate),
    ];
    expect(await a.accepted(7, 'k')).toBe(7);
    expect(await b.accepted(7, 'k')).toBe(3);
    expect(unavailable()).toEqual([]);
  });

  test('an authority that is not known is named as the cause, once', async () => {
    const a = await replica(`rediss://:p%40ss%2Fw%3Ard@127.0.0.1:${port}`);
    expect((await a.hit('other')).reason).toBe('outage');
    const lines = unavailable();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\((SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)\): its certificate/);
    expect(lines[0]).toContain('REDIS_TLS_CA');
  });

  test('a name that the certificate does not have is named too', async () => {
    await replica(`rediss://:p%40ss%2Fw%3Ard@localhost:${port}`, authority.certificate);
    expect(unavailable()[0]).toContain('(ERR_TLS_CERT_ALTNAME_INVALID): its certificate');
  });

  test('TLS to a port without it, and none to a port with it', async () => {
    await replica(`rediss://:p%40ss%2Fw%3Ard@127.0.0.1:${redis.port}`, authority.certificate);
    expect(unavailable()[0]).toMatch(/unavailable \(\w+\)/);
    await replica(`redis://:p%40ss%2Fw%3Ard@127.0.0.1:${port}`);
    expect(unavailable()[0]).toMatch(/unavailable \(\w+\): it cannot be reached.*TLS/);
  });
});
