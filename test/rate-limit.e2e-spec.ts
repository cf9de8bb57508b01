import { limiterCases } from './support/limiter-cases';
import { MockRedis } from './support/mock-redis';
import { startApi } from './support/start-api';

describe('the limit in memory', () => {
  limiterCases((variables) => startApi(variables));
});

test('RATE_LIMIT=0 switches the limit off', async () => {
  const api = await startApi({ RATE_LIMIT: '0' });
  for (let i = 0; i < 30; i++) {
    const { status, headers } = await api.predict();
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('x-ratelimit-limit');
  }
  await api.close();
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
