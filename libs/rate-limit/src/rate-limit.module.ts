import {
  Inject,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { getOptionsToken, getStorageToken } from '@nestjs/throttler';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimitHealth } from './rate-limit.health';
import { RATE_LIMIT_OPTIONS, RateLimitModuleClass } from './rate-limit.module-definition';
import {
  limitStorageProvider,
  redisConnectionProvider,
  throttlerOptionsProvider,
} from './rate-limit.providers';
import { redisClientProvider } from './redis-client.provider';
import { RedisConnection } from './redis-connection';

/** Limits the prediction routes: counted in Redis where one is configured, else in this process. */
@Module({
  providers: [
    redisClientProvider,
    throttlerOptionsProvider,
    limitStorageProvider,
    redisConnectionProvider,
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

  constructor(@Inject(RedisConnection) private readonly connection: RedisConnection | null) {
    super();
  }

  async onModuleInit(): Promise<void> {
    if (this.connection) await this.connection.open();
    else this.logger.warn('No Redis configured: each process counts requests by itself, in memory');
  }

  /** Runs after the HTTP server has finished its last request. */
  onApplicationShutdown(): void {
    this.connection?.close();
  }
}
