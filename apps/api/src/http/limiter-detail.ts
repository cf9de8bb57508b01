import { LimiterUnavailableException, RateLimitException } from '@inferserve/rate-limit';

const UNITS = new Map([
  [1_000, 'second'],
  [60_000, 'minute'],
  [3_600_000, 'hour'],
  [86_400_000, 'day'],
]);

/** The sentence for a client that the rate limiter turned away; `undefined` for any other error. */
export function limiterDetail(error: unknown): string | undefined {
  if (error instanceof RateLimitException) return limitSentence(error.limit, error.windowMs);
  if (!(error instanceof LimiterUnavailableException)) return undefined;
  return 'The rate limiter is unavailable. Please try again shortly.';
}

function limitSentence(limit: number, windowMs: number): string {
  const unit = UNITS.get(windowMs) ?? `${windowMs / 1000} seconds`;
  const requests = limit === 1 ? 'request' : 'requests';
  return `Rate limit exceeded. Please try again later. Limit is ${limit} ${requests} per ${unit}.`;
}
