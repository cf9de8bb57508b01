import { HttpException, HttpStatus } from '@nestjs/common';

/** 429: the client has used up its limit. Carries data only; each protocol renders its own body. */
export class RateLimitException extends HttpException {
  constructor(
    /** Accepted requests of one client in any window. */
    readonly limit: number,
    readonly windowMs: number,
    /** Whole seconds after which the next request is accepted. */
    readonly retryAfterSeconds: number,
  ) {
    super('Rate limit exceeded', HttpStatus.TOO_MANY_REQUESTS);
  }
}
