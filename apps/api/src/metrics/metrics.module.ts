import { Module } from '@nestjs/common';
import { FAST_PATH } from '../http/fast-path/fast-path';
import { fastDurationHistogram } from '../http/fast-path/fast-duration-histogram';
import { durationHistogram } from './duration-histogram';
import { MetricsController } from './metrics.controller';
import { DURATION_HISTOGRAM, MetricsService } from './metrics.service';
import { TrafficMetrics } from './traffic-metrics';

@Module({
  controllers: [MetricsController],
  providers: [
    {
      provide: DURATION_HISTOGRAM,
      inject: [FAST_PATH],
      useFactory: (fast: boolean) => (fast ? fastDurationHistogram : durationHistogram),
    },
    MetricsService,
    TrafficMetrics,
  ],
  exports: [MetricsService],
})
export class MetricsModule {}
