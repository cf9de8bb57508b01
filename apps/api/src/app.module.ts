import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { APP_FILTER } from '@nestjs/core';
import { InferenceModule } from '@inferserve/inference';
import type { ModelStore } from '@inferserve/model-store';
import { RateLimitModule, type RateLimitOptions } from '@inferserve/rate-limit';
import { AccessModule } from './access/access.module';
import { DocsModule } from './docs/docs.module';
import type { Environment } from './settings/environment';
import { environmentConfig } from './settings/environment.config';
import { HealthModule } from './health/health.module';
import { HttpErrorFilter } from './http/errors/http-error.filter';
import { HttpModule } from './http/http.module';
import { RouteTable } from './http/requests/route-table';
import { MetricsModule } from './metrics/metrics.module';
import { MetricsService } from './metrics/metrics.service';
import { MODEL_STORE, ModelStoreModule } from './models/model-store.module';
import { ModelUpdatesModule } from './models/model-updates.module';
import { requestedModels } from './models/requested-models';
import { nativeErrors } from './protocols/native/native-errors';
import { PageModule } from './page/page.module';
import { PROTOCOL_MODULES } from './protocols/protocol-modules';
import { redisServerOf } from './settings/redis-server-of';
import { WelcomeController } from './welcome.controller';

/** The composition root: the models, the limit in front of them, and the protocols that they are served by. */
@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true, load: [environmentConfig] }),
    HttpModule,
    DocsModule,
    AccessModule,
    {
      global: true,
      ...InferenceModule.forRootAsync({
        inject: [MODEL_STORE, environmentConfig.KEY],
        useFactory: requestedModels,
      }),
    },
    ModelUpdatesModule,
    MetricsModule,
    {
      global: true,
      ...RateLimitModule.forRootAsync({
        imports: [MetricsModule],
        inject: [environmentConfig.KEY, MetricsService],
        useFactory: (environment: Environment, observer: MetricsService): RateLimitOptions => ({
          limit: environment.rateLimit,
          ownLimits: environment.apiKeysFile !== undefined,
          windowMs: environment.rateLimitWindowMs,
          onRedisFailure: environment.onRedisFailure,
          redis: redisServerOf(environment),
          keyPrefix: environment.redisKeyPrefix,
          deadlineMs: environment.rateLimitDeadlineMs,
          observer,
        }),
      }),
    },
    HealthModule,
    PageModule,
  ],
  controllers: [WelcomeController],
  providers: [
    {
      provide: APP_FILTER,
      inject: [RouteTable],
      useFactory: (routes: RouteTable) =>
        new HttpErrorFilter((url) => routes.errorsAt(url, nativeErrors)),
    },
  ],
})
export class AppModule {
  /** The application with the protocols of its settings, and models out of `store`. */
  static serving({ protocols }: Pick<Environment, 'protocols'>, store: ModelStore): DynamicModule {
    return {
      module: AppModule,
      imports: [ModelStoreModule.of(store), ...protocols.map((name) => PROTOCOL_MODULES[name])],
    };
  }
}
