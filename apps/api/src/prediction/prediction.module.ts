import { Module, type OnModuleInit } from '@nestjs/common';
import { InferenceModule, type InferenceOptions, InferenceService } from '@inferserve/inference';
import { RateLimitModule, type RateLimitOptions } from '@inferserve/rate-limit';
import { type Environment, environmentConfig } from '../environment';
import { MetricsModule } from '../metrics/metrics.module';
import { MetricsService } from '../metrics/metrics.service';
import { PredictionController } from './prediction.controller';

/** The model, the limit in front of it, and the route that joins them. */
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
        observer,
      }),
    }),
  ],
  controllers: [PredictionController],
  exports: [InferenceModule, RateLimitModule],
})
export class PredictionModule implements OnModuleInit {
  constructor(
    private readonly inference: InferenceService,
    private readonly metrics: MetricsService,
  ) {}

  onModuleInit(): void {
    const { name, version, contentHash } = this.inference.artifact;
    this.metrics.serving(name, version, contentHash);
  }
}
