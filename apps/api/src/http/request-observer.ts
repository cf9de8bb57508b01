import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';

/** What happened to one request. */
export interface RequestOutcome {
  readonly method: string;
  /** The pattern of the route, never the path that the client sent. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

const SANE_ID = /^[\w.:-]{1,128}$/;
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** Nginx's number for a client that went away before its answer. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Gives each request an id (the client's own, if it is sane), and tells of its end: one log line, none for
 * probes, and one call of `observe`.
 */
export function observeRequests(
  logger: Logger,
  observe: (outcome: RequestOutcome) => void,
): (request: Request, response: Response, next: NextFunction) => void {
  return (request, response, next) => {
    const started = performance.now();
    const given = request.headers['x-request-id'];
    const id = typeof given === 'string' && SANE_ID.test(given) ? given : randomUUID();
    response.setHeader('X-Request-Id', id);
    response.once('close', () => {
      const ms = performance.now() - started;
      const method = METHODS.has(request.method) ? request.method : 'OTHER';
      const route = routeOf(request);
      const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
      observe({ method, route, status, seconds: ms / 1000 });
      if (isProbe(route)) return;
      const line = { requestId: id, method, route, status, ms: Math.round(ms * 1000) / 1000 };
      const trace = TRACEPARENT.exec(String(request.headers['traceparent'] ?? ''));
      const client = clientNetwork(request.ip);
      logger.info(trace ? { ...line, client, traceId: trace[1] } : { ...line, client }, 'request');
    });
    next();
  };
}

function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  if (typeof route?.path === 'string') return route.path;
  return request.originalUrl.startsWith('/docs') ? '/docs' : 'unmatched';
}

function isProbe(route: string): boolean {
  return route.startsWith('/health') || route === '/metrics';
}

/** The network of a client, which names no person: IPv4 /24, IPv6 /48. */
function clientNetwork(address = ''): string {
  const ipv4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(address);
  if (ipv4) return `${ipv4[1]}.0/24`;
  return `${address.split(':').slice(0, 3).join(':')}::/48`;
}
