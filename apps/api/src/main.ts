import 'reflect-metadata';
import cluster from 'node:cluster';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ModelRegistry } from '@inferserve/inference';
import { AppModule } from './app.module';
import { APPLICATION_OPTIONS, configureApplication } from './application';
import { type Environment, environmentConfig } from './environment';
import { createHttpAdapter } from './http/create-http-adapter';
import { listen } from './http/server/listen';
import { createLogging, type Logging } from './logging/logging';
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
  const adapter = createHttpAdapter(environment);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.serving(environment),
    adapter,
    {
      ...APPLICATION_OPTIONS,
      abortOnError: false,
    },
  );
  configureApplication(app, adapter, logging);
  await listen(app, environment);
  releaseSignals();
  stopGracefully(app, environment.shutdownDelayMs, logger);
  const { name, version, artifact } = app.get(ModelRegistry).default;
  logger.info(
    {
      model: { name, version, contentHash: artifact.contentHash },
      limit: environment.rateLimit,
      windowSeconds: environment.rateLimitWindowMs / 1000,
      store: environment.redis.host === '' ? 'memory' : 'redis',
      onRedisFailure: environment.onRedisFailure,
    },
    `Listening on ${await app.getUrl()}, documentation at /docs`,
  );
}

main().catch((error: unknown) => {
  // Nest's own logger may still buffer its lines; what stops a start must be seen.
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`InferServe cannot start. ${text}\n`);
  process.exit(1);
});
