// First, for it counts from here on.
import { letCodeBeOptimized, letYoungGenerationGrow } from './v8-at-start';
import 'reflect-metadata';
import cluster from 'node:cluster';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ModelRegistry } from '@inferserve/inference';
import type { ModelStore } from '@inferserve/model-store';
import { AppModule } from './app.module';
import { APPLICATION_OPTIONS, configureApplication } from './application';
import type { Environment } from './settings/environment';
import { environmentConfig } from './settings/environment.config';
import { createHttpAdapter } from './http/create-http-adapter';
import { listen, listenForMetrics } from './http/server/listen';
import { createLogging, type Logging } from './logging/logging';
import { ModelCommands } from './models/model-commands';
import { openModelStore } from './models/open-model-store';
import { serveModelFile } from './models/serve-model-file';
import { updateOnHangup } from './models/update-on-hangup';
import { endAtOnceOnSignals, endOnUnexpectedErrors, stopGracefully } from './process-lifecycle';
import { setVariables } from './settings/environment.config';
import { redisServerOf } from './settings/redis-server-of';
import { primary } from './workers/primary';
import { runWorkers } from './workers/run-workers';

/** What another program that starts the server brings along. */
export interface ServerStart {
  /** Where models are loaded from, instead of the folder that the settings name. */
  readonly store?: ModelStore;
  /** Variables that count instead of those of the environment and of .env, such as `MODEL_NAME`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Turns this process into the server; resolves to its URL once it listens, or to `undefined` once its workers have
 * been started. With WEB_CONCURRENCY above 1 each worker runs the program of this process again, up to its own call
 * of this.
 * @throws InvalidEnvironmentError, ModelLoadError or what else stops a start, with a message for the operator
 */
export async function startServer({ store, variables = {} }: ServerStart = {}): Promise<
  string | undefined
> {
  setVariables(variables);
  const environment = await environmentConfig();
  if (!store) await serveModelFile(environment);
  const logging = createLogging(environment);
  const { logger } = logging;
  if (!primary) for (const notice of environment.notices) logger.warn(notice);
  endOnUnexpectedErrors(logger);
  const release = endAtOnceOnSignals();
  const updateFromNowOn = updateOnHangup();
  if (environment.webConcurrency > 1 && cluster.isPrimary) {
    release();
    runWorkers(environment.webConcurrency, logger);
    return undefined;
  }
  // Before Nest, which would print the trace of a path that is no model.
  const models = store ?? (await openModelStore(environment));
  return serve(environment, models, logging, (commands) => {
    release();
    updateFromNowOn(commands);
  });
}

async function serve(
  environment: Environment,
  store: ModelStore,
  logging: Logging,
  takeSignals: (commands: ModelCommands) => void,
): Promise<string> {
  const { logger } = logging;
  const adapter = createHttpAdapter(environment);
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.serving(environment, store),
    adapter,
    {
      ...APPLICATION_OPTIONS,
      abortOnError: false,
    },
  );
  configureApplication(app, adapter, logging);
  letCodeBeOptimized();
  await listen(app, environment);
  await listenForMetrics(adapter, environment);
  letYoungGenerationGrow();
  takeSignals(app.get(ModelCommands));
  stopGracefully(app, environment.shutdownDelayMs, logger);
  const url = await app.getUrl();
  const models = app
    .get(ModelRegistry)
    .list()
    .map(({ name, version, artifact }) => ({ name, version, contentHash: artifact.contentHash }));
  logger.info(
    {
      ...(models.length === 1 ? { model: models[0] } : { models }),
      limit: environment.rateLimit,
      windowSeconds: environment.rateLimitWindowMs / 1000,
      store: redisServerOf(environment) ? 'redis' : 'memory',
      onRedisFailure: environment.onRedisFailure,
    },
    `Listening on ${url}, documentation at /docs`,
  );
  return url;
}
