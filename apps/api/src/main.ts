import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module';
import { APPLICATION_OPTIONS, configureApplication } from './application';
import { type Environment, environmentConfig } from './environment';
import { createPino } from './logging/pino-logger';
import { stopGracefully } from './stop-gracefully';

async function main(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, {
    ...APPLICATION_OPTIONS,
    abortOnError: false,
  });
  const environment = app.get<Environment>(environmentConfig.KEY);
  const logger = createPino(environment);
  configureApplication(app, logger);
  await app.listen(environment.port, environment.host);
  stopGracefully(app, environment.shutdownDelayMs, logger);
  logger.info(
    {
      limit: environment.rateLimit,
      windowSeconds: environment.rateLimitWindowMs / 1000,
      store: environment.redis.host === '' ? 'memory' : 'redis',
      onRedisFailure: environment.onRedisFailure,
    },
    `Listening on ${await app.getUrl()}, documentation at /docs`,
  );
}

main().catch((error: unknown) => {
  // Nest's own logger may still hold back its lines; what stops a start must be seen.
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`InferServe cannot start. ${text}\n`);
  process.exit(1);
});
