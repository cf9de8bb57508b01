import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { APP_FILTER } from '@nestjs/core';
import { InferenceModule, type InferenceOptions } from '@inferserve/inference';
import { FolderModelStore } from '@inferserve/model-store';
import { RateLimitModule, type RateLimitOptions } from '@inferserve/rate-limit';
import { DocsModule } from './docs/docs.module';
import { type Environment, environmentConfig } from './environment';
import { HealthModule } from './health/health.module';
import { HttpErrorFilter } from './http/errors/http-error.filter';
import { HttpModule } from './http/http.module';
import { MetricsModule } from './metrics/metrics.module';
import { MetricsService } from './metrics/metrics.service';
import { nativeErrors } from './protocols/native/native-errors';
import { NativeProtocolModule } from './protocols/native/native-protocol.module';
import { redisServerOf } from './settings/redis-server-of';
import { WelcomeController } from './welcome.controller';

/** The composition root: the model, the limit in front of it, and the protocols that it is served by. */
@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true, load: [environmentConfig] }),
    HttpModule,
    DocsModule,
    {
      global: true,
      ...InferenceModule.forRootAsync({
        inject: [environmentConfig.KEY],
        useFactory: (environment: Environment): InferenceOptions => ({
          store: new FolderModelStore(environment.artifactsDir),
          models: [{ name: environment.modelName, version: environment.modelVersion }],
        }),
      }),
    },
    MetricsModule,
    {
      global: true,
      ...RateLimitModule.forRootAsync({
        imports: [MetricsModule],
        inject: [environmentConfig.KEY, MetricsService],
        useFactory: (environment: Environment, observer: MetricsService): RateLimitOptions => ({
          limit: environment.rateLimit,
          windowMs: environment.rateLimitWindowMs,
          onRedisFailure: environment.onRedisFailure,
          redis: redisServerOf(environment),
          keyPrefix: environment.redisKeyPrefix,
          deadlineMs: environment.rateLimitDeadlineMs,
          observer,
        }),
      }),
    },
    NativeProtocolModule,
    HealthModule,
  ],
  controllers: [WelcomeController],
  providers: [{ provide: APP_FILTER, useValue: new HttpErrorFilter(nativeErrors) }],
})
export class AppModule {}
