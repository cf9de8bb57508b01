import 'reflect-metadata';
import cluster from 'node:cluster';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { InferenceService } from '@inferserve/inference';
import { AppModule } from './app.module';
import { APPLICATION_OPTIONS, configureApplication } from './application';
import { type Environment, environmentConfig } from './environment';
import { HttpAdapter } from './http/http-adapter';
import { createLogging, type Logging } from './logging/pino-logger';
import { endAtOnceOnSignals, endOnUnexpectedErrors, stopGracefully } from './process-lifecycle';
import { runWorkers } from './workers';

async function main(): Promise<void> {
  const environment = await environmentConfig();
  const logging = createLogging(environment);
  const { logger } = logging;
  if (!cluster.isWorker) for (const notice of environment.notices) logger.warn(notice);
  endOnUnexpectedErrors(logger);
  const release = endAtOnceOnSignals();
  if (environment.webConcurrency > 1 && cluster.isPrimary) {
    release();
    runWorkers(environment.webConcurrency, logger);
  } else {
    await serve(environment, logging, release);
  }
}

async function serve(
  environment: Environment,
  logging: Logging,
  releaseSignals: () => void,
): Promise<void> {
  const { logger } = logging;
  const adapter = new HttpAdapter(environment.maxConnections);
  const app = await NestFactory.create<NestExpressApplication>(AppModule, adapter, {
    ...APPLICATION_OPTIONS,
    abortOnError: false,
  });
  configureApplication(app, logging);
  await app.listen(environment.port, environment.host);
  releaseSignals();
  stopGracefully(app, environment.shutdownDelayMs, logger);
  const { name, version, contentHash } = app.get(InferenceService).artifact;
  logger.info(
    {
      model: { name, version, contentHash },
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
