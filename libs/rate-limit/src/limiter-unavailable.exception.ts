import { HttpException, HttpStatus } from '@nestjs/common';

/** 503: nothing can decide whether the request is within the limit, and the policy lets none pass. */
export class LimiterUnavailableException extends HttpException {
  constructor() {
    super(
      { detail: 'The rate limiter is unavailable. Please try again shortly.' },
      HttpStatus.SERVICE_UNAVAILABLE,
    );
  }
}
