import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { serveDocs } from './docs/serve-docs';
import { type Environment, environmentConfig } from './environment';
import { observeRequests } from './http/request-observer';
import { PinoLogger } from './logging/pino-logger';
import { MetricsService } from './metrics/metrics.service';

/** A body is read after the guards, by `JsonBodyPipe`; Nest's parser would read it before. */
export const APPLICATION_OPTIONS: NestApplicationOptions = { bodyParser: false, bufferLogs: true };

/** What is set on the HTTP server rather than in a module; the same for the process and for tests. */
export function configureApplication(
  app: NestExpressApplication,
  logger: Logger,
): NestExpressApplication {
  const { trustProxy } = app.get<Environment>(environmentConfig.KEY);
  const metrics = app.get(MetricsService);
  app.useLogger(new PinoLogger(logger));
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.set('trust proxy', trustProxy);
  app.use(observeRequests(logger, (outcome) => metrics.requested(outcome)));
  serveDocs(app);
  return app;
}
