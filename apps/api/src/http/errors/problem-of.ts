import { HttpException } from '@nestjs/common';
import { ModelUnavailableError } from '@inferserve/inference';
import { LimiterUnavailableException, RateLimitException } from '@inferserve/rate-limit';
import type { Problem } from './problem';
import { ProblemException } from './problem.exception';

/** What an exception means to a client; `internal` for everything that nobody foresaw. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemException) return error.problem;
  if (error instanceof RateLimitException) {
    return { kind: 'rate_limited', limit: error.limit, windowMs: error.windowMs };
  }
  if (error instanceof ModelUnavailableError) return { kind: 'model_unavailable' };
  if (error instanceof LimiterUnavailableException) return { kind: 'limiter_unavailable' };
  if (error instanceof HttpException) return { kind: 'http', status: error.getStatus() };
  return isClientError(error) ? { kind: 'malformed_request' } : { kind: 'internal' };
}

/** Express marks what it cannot parse (a path such as `/%zz`) with a 4xx status. */
function isClientError(error: unknown): boolean {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500;
}
