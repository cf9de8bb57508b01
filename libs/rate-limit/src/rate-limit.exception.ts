import { HttpException, HttpStatus } from '@nestjs/common';

const UNITS = new Map([
  [1_000, 'second'],
  [60_000, 'minute'],
  [3_600_000, 'hour'],
  [86_400_000, 'day'],
]);

/** 429 with the body of the published contract; number and unit are the configured ones. */
export class RateLimitException extends HttpException {
  constructor(
    readonly limit: number,
    readonly windowMs: number,
  ) {
    super({ detail: rateLimitMessage(limit, windowMs) }, HttpStatus.TOO_MANY_REQUESTS);
  }
}

/** The sentence that a refused client reads. */
export function rateLimitMessage(limit: number, windowMs: number): string {
  const unit = UNITS.get(windowMs) ?? `${windowMs / 1000} seconds`;
  const requests = limit === 1 ? 'request' : 'requests';
  return `Rate limit exceeded. Please try again later. Limit is ${limit} ${requests} per ${unit}.`;
}
