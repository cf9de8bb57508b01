import { Inject, Injectable } from '@nestjs/common';
import { getStorageToken } from '@nestjs/throttler';
import type { LimitBackend } from './limit-decision';
import { RATE_LIMIT_OPTIONS } from './rate-limit.module-definition';
import type { RateLimitOptions } from './rate-limit-options';
import { ResilientStorage } from './resilient.storage';

/** The state of the limiter, for readiness probes. */
export interface RateLimitState {
  readonly backend: LimitBackend;
  /** Whether requests can be decided: always, except under the policy `closed`. */
  readonly available: boolean;
  /** Why the limit is not counted as configured; absent while it is. */
  readonly reason?: string;
}

/** Reports whether the limiter works as configured. */
@Injectable()
export class RateLimitHealth {
  constructor(
    @Inject(getStorageToken()) private readonly storage: unknown,
    @Inject(RATE_LIMIT_OPTIONS) private readonly options: RateLimitOptions,
  ) {}

  get state(): RateLimitState {
    if (!(this.storage instanceof ResilientStorage)) return { backend: 'memory', available: true };
    if (this.storage.isHealthy) return { backend: 'redis', available: true };
    const policy = this.options.onRedisFailure;
    return {
      backend: 'memory',
      available: policy !== 'closed',
      reason: `Redis is unavailable; applying failure policy "${policy}"`,
    };
  }
}
