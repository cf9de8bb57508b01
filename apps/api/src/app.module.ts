import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { APP_FILTER } from '@nestjs/core';
import { environmentConfig } from './environment';
import { HealthModule } from './health/health.module';
import { HttpErrorFilter } from './http/http-error.filter';
import { MetricsModule } from './metrics/metrics.module';
import { PredictionModule } from './prediction/prediction.module';
import { WelcomeController } from './welcome.controller';

/** The composition root. */
@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true, load: [environmentConfig] }),
    MetricsModule,
    PredictionModule,
    HealthModule,
  ],
  controllers: [WelcomeController],
  providers: [{ provide: APP_FILTER, useClass: HttpErrorFilter }],
})
export class AppModule {}
