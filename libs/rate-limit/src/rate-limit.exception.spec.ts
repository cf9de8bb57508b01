import { RateLimitException, rateLimitMessage } from './rate-limit.exception';

describe(RateLimitException.name, () => {
  test('has the published status and body', () => {
    const exception = new RateLimitException(10, 60_000);
    expect(exception.getStatus()).toBe(429);
    expect(exception.getResponse()).toEqual({
      detail: 'Rate limit exceeded. Please try again later. Limit is 10 requests per minute.',
    });
  });

  test.each([
    [1, 1_000, 'Limit is 1 request per second.'],
    [100, 3_600_000, 'Limit is 100 requests per hour.'],
    [5, 86_400_000, 'Limit is 5 requests per day.'],
    [3, 30_000, 'Limit is 3 requests per 30 seconds.'],
  ])('%d in %d ms: %s', (limit, windowMs, sentence) => {
    expect(rateLimitMessage(limit, windowMs)).toContain(sentence);
  });
});
