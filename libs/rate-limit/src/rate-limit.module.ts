import {
  Inject,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { getOptionsToken, getStorageToken, type ThrottlerStorage } from '@nestjs/throttler';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimitHealth } from './rate-limit.health';
import { RATE_LIMIT_OPTIONS, RateLimitModuleClass } from './rate-limit.module-definition';
import type { RateLimitOptions } from './rate-limit-options';
import {
  limitStorageProvider,
  REDIS_LINK,
  redisLinkProvider,
  throttlerOptionsProvider,
} from './rate-limit.providers';
import { redisClientProvider } from './redis-client.provider';
import type { RedisLink } from './redis-link';
import { ResilientStorage } from './resilient.storage';

/** Limits the prediction routes: counted in Redis where one is configured, else in this process. */
@Module({
  providers: [
    redisClientProvider,
    redisLinkProvider,
    throttlerOptionsProvider,
    limitStorageProvider,
    RateLimitGuard,
    RateLimitHealth,
  ],
  exports: [
    RATE_LIMIT_OPTIONS,
    getOptionsToken(),
    getStorageToken(),
    RateLimitGuard,
    RateLimitHealth,
  ],
})
export class RateLimitModule
  extends RateLimitModuleClass
  implements OnModuleInit, OnApplicationShutdown
{
  private readonly logger = new Logger('RateLimit');

  constructor(
    @Inject(RATE_LIMIT_OPTIONS) private readonly options: RateLimitOptions,
    @Inject(REDIS_LINK) private readonly link: RedisLink | null,
    @Inject(getStorageToken()) private readonly storage: ThrottlerStorage,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    if (this.storage instanceof ResilientStorage) await this.link?.open(this.storage);
    else if (this.options.limit === 0)
      this.logger.warn('Requests are not limited: RATE_LIMIT is 0');
    else this.logger.warn('No Redis configured: each process counts requests by itself, in memory');
  }

  /** Runs after the HTTP server has finished its last request. */
  onApplicationShutdown(): void {
    if (this.storage instanceof ResilientStorage) this.storage.stop();
    this.link?.close();
  }
}
