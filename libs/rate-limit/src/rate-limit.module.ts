import {
  Inject,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { getOptionsToken, getStorageToken, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Redis } from 'ioredis';
import { RateLimitGuard } from './rate-limit.guard';
import { RateLimitHealth } from './rate-limit.health';
import { RATE_LIMIT_OPTIONS, RateLimitModuleClass } from './rate-limit.module-definition';
import type { RateLimitOptions } from './rate-limit-options';
import { REDIS_CLIENT, redisClientProvider } from './redis-client.provider';
import { ResilientStorage } from './resilient.storage';
import { SlidingWindowMemoryStorage } from './sliding-window-memory.storage';
import { SlidingWindowRedisStorage } from './sliding-window-redis.storage';

/** How long the start waits for Redis before the failure policy takes over. */
const FIRST_CONNECTION_MS = 1000;

/** The limit of the prediction routes: in Redis where one is configured, else in this process. */
@Module({
  providers: [
    redisClientProvider,
    {
      provide: getOptionsToken(),
      inject: [RATE_LIMIT_OPTIONS],
      useFactory: ({ limit, windowMs }: RateLimitOptions): ThrottlerModuleOptions => [
        { name: 'predict', limit, ttl: windowMs },
      ],
    },
    {
      provide: getStorageToken(),
      inject: [RATE_LIMIT_OPTIONS, REDIS_CLIENT],
      useFactory: ({ onRedisFailure, observer }: RateLimitOptions, client: Redis | null) => {
        const memory = new SlidingWindowMemoryStorage();
        if (!client) return memory;
        const redis = new SlidingWindowRedisStorage(client);
        return new ResilientStorage(redis, memory, onRedisFailure, observer);
      },
    },
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
    @Inject(REDIS_CLIENT) private readonly client: Redis | null,
    @Inject(getStorageToken())
    private readonly storage: ResilientStorage | SlidingWindowMemoryStorage,
    @Inject(RATE_LIMIT_OPTIONS) private readonly options: RateLimitOptions,
  ) {
    super();
  }

  /** Connects, but starts without Redis as well: then the failure policy decides until it appears. */
  async onModuleInit(): Promise<void> {
    if (!this.client || !(this.storage instanceof ResilientStorage)) {
      this.logger.warn('REDIS_HOST is not set: each process counts for itself, in memory');
      return;
    }
    await this.connect(this.client, this.storage);
  }

  /** After the HTTP server has finished its last request. */
  onApplicationShutdown(): void {
    if (this.storage instanceof ResilientStorage) this.storage.stop();
    this.client?.disconnect();
  }

  private async connect(client: Redis, storage: ResilientStorage): Promise<void> {
    let lastError: unknown = new Error('connection closed');
    client.on('error', (error: Error) => {
      lastError = error;
    });
    client.on('close', () => storage.suspend(lastError));
    const ready = new Promise<void>((resolve) => {
      client.once('ready', () => resolve());
      setTimeout(resolve, FIRST_CONNECTION_MS).unref();
    });
    // Its failure is told by the events; the client goes on trying.
    client.connect().catch(() => undefined);
    await ready;
    if (client.status === 'ready') {
      const { host, port } = this.options.redis ?? {};
      this.logger.log(`Redis at ${host}:${port} counts for all processes`);
    } else {
      storage.suspend(lastError);
    }
  }
}
