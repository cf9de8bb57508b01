import { LimiterUnavailableException } from './limiter-unavailable.exception';
import { RateLimitException } from './rate-limit.exception';

describe(RateLimitException.name, () => {
  test('is a 429 that carries data, not a body of any protocol', () => {
    const exception = new RateLimitException(10, 60_000, 42);
    expect(exception.getStatus()).toBe(429);
    expect(exception).toMatchObject({ limit: 10, windowMs: 60_000, retryAfterSeconds: 42 });
    expect(exception.getResponse()).toBe('Rate limit exceeded');
  });
});

describe(LimiterUnavailableException.name, () => {
  test('is a 503 that says when to ask again', () => {
    const exception = new LimiterUnavailableException(1);
    expect(exception.getStatus()).toBe(503);
    expect(exception.retryAfterSeconds).toBe(1);
  });
});
