import { randomUUID } from 'node:crypto';
import { clientAddress } from '@inferserve/rate-limit';
import { normalizeIp } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import type { RequestLog } from '../logging/request-log';
import { sendJson } from './send-json';
import { ServerTiming } from './server-timing';

/** What happened to one request. */
export interface RequestOutcome {
  readonly method: string;
  /** The pattern of the route, never the path that the client sent. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** What the observer needs to know, and whom it tells. */
export interface RequestObserverOptions {
  readonly logRequest: RequestLog;
  /** Beyond this many requests at once, new ones get 503; probes are always answered. */
  readonly maxInFlight: number;
  readonly serverTiming: boolean;
  readonly isStopping: () => boolean;
  readonly onEnd: (outcome: RequestOutcome) => void;
}

const SANE_ID = /^[\w.:-]{1,128}$/;
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}$/;
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** nginx's number for a client that went away before its answer. */
const CLIENT_CLOSED_REQUEST = 499;

/**
 * Gives each request an id (the client's own, if it is sane), sheds it where too many are under way, and
 * tells of its end in one log line, none for probes.
 */
export class RequestObserver {
  private inFlight = 0;
  private readonly idPrefix = randomUUID();
  private lastId = 0;

  constructor(private readonly options: RequestObserverOptions) {}

  /** Called before anything else sees the request; `false` if it has been answered already. */
  begin(request: Request, response: Response): boolean {
    const started = performance.now();
    const id = this.idOf(request);
    response.setHeader('X-Request-Id', id);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // Tells a client that keeps its connection to open another, elsewhere.
    if (this.options.isStopping()) response.setHeader('Connection', 'close');
    if (this.options.serverTiming) ServerTiming.start(request, response);
    this.inFlight += 1;
    response.once('close', () => {
      this.inFlight -= 1;
      this.end(request, response, id, performance.now() - started);
    });
    if (this.inFlight <= this.options.maxInFlight || isProbe(request.url)) return true;
    response.setHeader('Retry-After', 1);
    sendJson(response, 503, { detail: 'The server is overloaded. Please try again shortly.' });
    return false;
  }

  private end(request: Request, response: Response, requestId: string, ms: number): void {
    const method = METHODS.has(request.method) ? request.method : 'OTHER';
    const route = routeOf(request);
    const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
    this.options.onEnd({ method, route, status, seconds: ms / 1000 });
    if (isProbe(route)) return;
    this.options.logRequest({
      requestId,
      method,
      route,
      status,
      ms: Math.round(ms * 1000) / 1000,
      client: clientNetwork(clientAddress(request)),
      traceId: traceIdOf(request),
    });
  }

  private idOf(request: Request): string {
    const given = request.headers['x-request-id'];
    if (typeof given === 'string' && SANE_ID.test(given)) return given;
    this.lastId += 1;
    return `${this.idPrefix}-${this.lastId}`;
  }
}

function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  if (typeof route?.path === 'string') return route.path;
  return request.url.startsWith('/docs') || request.originalUrl?.startsWith('/docs')
    ? '/docs'
    : 'unmatched';
}

function isProbe(path: string): boolean {
  return path.startsWith('/health') || path === '/metrics';
}

function traceIdOf(request: Request): string | undefined {
  const { traceparent } = request.headers;
  return typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
}

/** The network of a client, which names no person: IPv4 /24, IPv6 /48. */
function clientNetwork(address: string): string {
  const unmapped = address.includes(':') ? normalizeIp(address, 48) : address;
  if (unmapped.includes(':')) return unmapped;
  return `${unmapped.slice(0, unmapped.lastIndexOf('.'))}.0/24`;
}
