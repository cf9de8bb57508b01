import { LimiterUnavailableException, RateLimitException } from '@inferserve/rate-limit';
import { limiterDetail } from './limiter-detail';

describe(limiterDetail.name, () => {
  test.each([
    [10, 60_000, 'Limit is 10 requests per minute.'],
    [1, 1_000, 'Limit is 1 request per second.'],
    [100, 3_600_000, 'Limit is 100 requests per hour.'],
    [5, 86_400_000, 'Limit is 5 requests per day.'],
    [3, 30_000, 'Limit is 3 requests per 30 seconds.'],
  ])('%d in %d ms: %s', (limit, windowMs, sentence) => {
    expect(limiterDetail(new RateLimitException(limit, windowMs, 1))).toBe(
      `Rate limit exceeded. Please try again later. ${sentence}`,
    );
  });

  test('an unavailable limiter has a sentence of its own, other errors have none', () => {
    expect(limiterDetail(new LimiterUnavailableException(1))).toBe(
      'The rate limiter is unavailable. Please try again shortly.',
    );
    expect(limiterDetail(new Error('other'))).toBeUndefined();
  });
});
