import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { serveDocs } from './docs/serve-docs';
import { type Environment, environmentConfig } from './environment';
import { Lifecycle } from './health/lifecycle';
import type { HttpAdapter } from './http/http-adapter';
import { RequestObserver } from './http/request-observer';
import { type Logging, PinoLogger } from './logging/pino-logger';
import { MetricsService } from './metrics/metrics.service';

/** A body is read after the guards, by `JsonBodyPipe`; Nest's parser would read it before. */
export const APPLICATION_OPTIONS: NestApplicationOptions = { bodyParser: false, bufferLogs: true };

const EXPOSED_HEADERS = [
  'X-Request-Id',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Retry-After',
];

/** What is set on the HTTP server rather than in a module; the same for the process and for tests. */
export function configureApplication(
  app: NestExpressApplication,
  { logger, logRequest }: Logging,
): void {
  const environment = app.get<Environment>(environmentConfig.KEY);
  const metrics = app.get(MetricsService);
  const lifecycle = app.get(Lifecycle);
  app.useLogger(new PinoLogger(logger));
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.set('trust proxy', environment.trustProxy);
  (app.getHttpAdapter() as unknown as HttpAdapter).observer = new RequestObserver({
    logRequest,
    maxInFlight: environment.maxInFlight,
    serverTiming: environment.serverTiming,
    isStopping: () => lifecycle.isStopping,
    onEnd: (outcome) => metrics.requested(outcome),
  });
  const { corsOrigins } = environment;
  if (corsOrigins.length > 0) {
    const origin = corsOrigins.includes('*') ? '*' : [...corsOrigins];
    app.enableCors({ origin, exposedHeaders: EXPOSED_HEADERS });
  }
  serveDocs(app);
}
