import 'reflect-metadata';
import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import { Body, Controller, Get, HttpCode, Module, Post, ValidationPipe } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { IsNumber } from 'class-validator';
import { Redis } from 'ioredis';
import { predicted, registry } from './metrics.mjs';
import { classify, FEATURES } from './model.mjs';
import { logRequests, measureRequests } from './request-log.mjs';
import { endOnSignal, settings } from './settings.mjs';

// Decorators are called by hand: this file is run as it stands, without a compiler.
class PredictRequest {}
for (const feature of FEATURES) {
  IsNumber({ allowNaN: false, allowInfinity: false })(PredictRequest.prototype, feature);
}

class PredictionController {
  predict(features) {
    const predictedClass = classify(features);
    predicted(predictedClass);
    return { predicted_class: predictedClass };
  }

  metrics() {
    return registry.metrics();
  }
}
decorate(PredictionController, 'predict', [Post('predict'), HttpCode(200)], [PredictRequest]);
decorate(PredictionController, 'metrics', [Get('metrics')], []);
Body()(PredictionController.prototype, 'predict', 0);
Controller()(PredictionController);

class AppModule {}
Module({
  imports: [
    ThrottlerModule.forRoot({
      throttlers: [{ limit: settings.limit, ttl: settings.windowMs }],
      storage: new ThrottlerStorageRedisService(
        new Redis({ host: '127.0.0.1', port: settings.redisPort }),
      ),
    }),
  ],
  controllers: [PredictionController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})(AppModule);

function decorate(type, method, decorators, parameters) {
  const descriptor = Object.getOwnPropertyDescriptor(type.prototype, method);
  for (const decorator of decorators) decorator(type.prototype, method, descriptor);
  Reflect.defineMetadata('design:paramtypes', parameters, type.prototype, method);
}

const app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
app.set('trust proxy', 1);
app.use(logRequests);
app.use(measureRequests);
app.useGlobalPipes(
  new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
);
endOnSignal();
await app.listen(settings.port, '127.0.0.1');
