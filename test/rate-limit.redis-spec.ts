import { limiterCases } from './support/limiter-cases';
import { describeWithRedis, RedisServer } from './support/redis-server';
import { startApi } from './support/start-api';

describeWithRedis('the limit in a real Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    const client = redis.client();
    await client.flushall();
    await client.quit();
  });

  limiterCases((variables) => startApi({ ...redis.env, ...variables }));

  test('leaves one key a client, which goes with the window', async () => {
    const api = await startApi({ ...redis.env, RATE_LIMIT_WINDOW_SECONDS: '1' });
    await api.predict();
    const client = redis.client();
    expect(await client.keys('*')).toEqual(['ratelimit:predict:1s:requests:127.0.0.1']);
    expect(await client.pttl('ratelimit:predict:1s:requests:127.0.0.1')).toBeLessThanOrEqual(1000);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect(await client.keys('*')).toEqual([]);
    await client.quit();
    await api.close();
  });
});
