import { Logger, type NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express } from 'express';
import { ACCESS, type Access } from './access/access';
import { AccessMetrics } from './access/access-metrics';
import { serveDocs } from './docs/serve-docs';
import type { Environment } from './settings/environment';
import { environmentConfig } from './settings/environment.config';
import { Lifecycle } from './health/lifecycle';
import type { HttpAdapter } from './http/http-adapter';
import { ForwardedWarning } from './http/requests/forwarded-warning';
import { LoadShedder } from './http/requests/load-shedder';
import { isObservation } from './http/requests/observation-routes';
import { type RequestHookParts, RequestHooks } from './http/requests/request-hooks';
import { RouteAliases } from './http/requests/route-aliases';
import { RequestRecorder } from './http/requests/request-recorder';
import { RouteTable } from './http/requests/route-table';
import { WarmUp } from './http/requests/warm-up';
import type { Logging } from './logging/logging';
import { PinoLogger } from './logging/pino-logger';
import { MetricsService } from './metrics/metrics.service';
import { nativeErrors } from './protocols/native/native-errors';
import { PREDICT_DEFAULT } from './protocols/v1/predict-default';

export const APPLICATION_OPTIONS: NestApplicationOptions = {
  // Bodies are read after the guards, by `JsonBodyReader`; Nest's parser would read them before.
  bodyParser: false,
  bufferLogs: true,
  // What stops a start is said once, by the program; Nest would print its own log and the trace before.
  autoFlushLogs: false,
};

const EXPOSED_HEADERS = [
  'X-Request-Id',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'Retry-After',
  'X-Model-Version',
];

/** What is set on the HTTP server rather than in a module; the same for the process and for tests. */
export function configureApplication(
  app: NestExpressApplication,
  adapter: HttpAdapter,
  { logger, logRequest, droppedLines }: Logging,
): void {
  const environment = app.get<Environment>(environmentConfig.KEY);
  const metrics = app.get(MetricsService);
  const lifecycle = app.get(Lifecycle);
  const routes = app.get(RouteTable);
  const warmUp = app.get(WarmUp);
  const access = app.get<Access>(ACCESS);
  const accessMetrics = app.get(AccessMetrics);
  app.useLogger(new PinoLogger(logger));
  app.flushLogs();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.set('trust proxy', environment.trustProxy);
  metrics.countDroppedLines(droppedLines);
  adapter.useHooks(
    new RequestHooks({
      routes,
      shedder: new LoadShedder(environment.maxInFlight),
      recorder: new RequestRecorder(
        routes,
        logRequest,
        (outcome) => {
          metrics.requested(outcome);
          accessMetrics.requested(outcome);
        },
        () => warmUp.isRunning,
        access === null ? undefined : (request) => access.nameOf(request),
      ),
      errors: nativeErrors,
      aliases: new RouteAliases([
        [environment.vertex.predictRoute, PREDICT_DEFAULT],
        [environment.vertex.healthRoute, '/health/ready'],
      ]),
      serverTiming: environment.serverTiming,
      isStopping: () => lifecycle.isStopping,
      isElsewhere: isElsewhere(environment),
      forwardedWarning: forwardedWarning(app, environment),
    }),
  );
  const { corsOrigins } = environment;
  if (corsOrigins.length > 0) {
    const origin = corsOrigins.includes('*') ? '*' : [...corsOrigins];
    app.enableCors({ origin, exposedHeaders: EXPOSED_HEADERS });
  }
  serveDocs(app, routes);
}

/** With METRICS_PORT each of the two ports answers only what belongs there. */
function isElsewhere({ metricsPort }: Environment): RequestHookParts['isElsewhere'] {
  if (metricsPort === 0) return undefined;
  return ({ url, socket }) => isObservation(url!) !== (socket.localPort === metricsPort);
}

function forwardedWarning(
  app: NestExpressApplication,
  { trustProxy, rateLimit }: Environment,
): ForwardedWarning | undefined {
  // A number of proxies trusts whatever peer there is.
  if (rateLimit === 0 || typeof trustProxy === 'number') return undefined;
  const trusts = (app.getHttpAdapter().getInstance() as Express).get(
    'trust proxy fn',
  ) as TrustFunction;
  const logger = new Logger('Http');
  return new ForwardedWarning(
    (peer) => trusts(peer, 0),
    (message) => logger.warn(message),
  );
}

type TrustFunction = (address: string, hop: number) => boolean;
