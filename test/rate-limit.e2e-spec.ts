import { limiterCases } from './support/limiter-cases';
import { MockRedis } from './support/mock-redis';
import { startApi } from './support/start-api';

describe('the limit in memory', () => {
  limiterCases((variables) => startApi(variables));
});

describe('the limit in a mocked Redis', () => {
  limiterCases((variables) => startApi({ REDIS_HOST: 'mocked', ...variables }, new MockRedis()));

  test('a client that was refused is refused again without asking Redis', async () => {
    const redis = new MockRedis();
    const api = await startApi({ REDIS_HOST: 'mocked', RATE_LIMIT: '2' }, redis);
    for (let i = 0; i < 50; i++) await api.predict();
    expect(redis.calls).toHaveLength(2);
    await api.close();
  });
});
