import { Module } from '@nestjs/common';
import { InferenceModule, type InferenceOptions } from '@inferserve/inference';
import { RateLimitModule, type RateLimitOptions } from '@inferserve/rate-limit';
import { type Environment, environmentConfig } from '../environment';
import { MetricsModule } from '../metrics/metrics.module';
import { MetricsService } from '../metrics/metrics.service';
import { PredictionContract } from './prediction-contract';
import { PredictionController } from './prediction.controller';
import { PredictionService } from './prediction.service';

/** The model, the limit in front of it, and the routes that join them. */
@Module({
  imports: [
    MetricsModule,
    InferenceModule.forRootAsync({
      inject: [environmentConfig.KEY],
      useFactory: (environment: Environment): InferenceOptions => environment,
    }),
    RateLimitModule.forRootAsync({
      imports: [MetricsModule],
      inject: [environmentConfig.KEY, MetricsService],
      useFactory: (environment: Environment, observer: MetricsService): RateLimitOptions => ({
        limit: environment.rateLimit,
        windowMs: environment.rateLimitWindowMs,
        onRedisFailure: environment.onRedisFailure,
        redis: environment.redis.host === '' ? undefined : environment.redis,
        keyPrefix: environment.redisKeyPrefix,
        deadlineMs: environment.rateLimitDeadlineMs,
        observer,
      }),
    }),
  ],
  controllers: [PredictionController],
  providers: [PredictionContract, PredictionService],
  exports: [InferenceModule, RateLimitModule],
})
export class PredictionModule {}
