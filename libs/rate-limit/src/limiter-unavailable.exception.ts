import { HttpException, HttpStatus } from '@nestjs/common';

/** 503: nothing can decide about the request, and the failure policy is `closed`. Carries data only. */
export class LimiterUnavailableException extends HttpException {
  constructor(
    /** Whole seconds after which it is worth asking again. */
    readonly retryAfterSeconds: number,
  ) {
    super('Rate limiter unavailable', HttpStatus.SERVICE_UNAVAILABLE);
  }
}
