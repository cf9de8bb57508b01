import { randomUUID } from 'node:crypto';
import { pinoHttp } from 'pino-http';
import { requested } from './metrics.mjs';

/** Express middleware: one JSON line a request with an id that the answer carries. */
export const logRequests = pinoHttp({
  genReqId: (request, response) => {
    const id = request.headers['x-request-id'] ?? randomUUID();
    response.setHeader('X-Request-Id', id);
    return id;
  },
});

/** Express middleware: the request histogram. */
export function measureRequests(request, response, next) {
  const started = performance.now();
  response.once('finish', () => {
    const route = request.route?.path ?? 'unmatched';
    requested(request.method, route, response.statusCode, (performance.now() - started) / 1000);
  });
  next();
}
