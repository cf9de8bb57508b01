import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddress } from '@inferserve/rate-limit';
import type { Request } from 'express';
import type { RequestLog } from '../../logging/request-log';
import { clientNetwork } from './client-network';
import type { RouteTable } from './route-table';
import { traceId } from './trace-id';

/** What happened to one request. */
export interface RequestOutcome {
  readonly method: string;
  /** The pattern of the route, never the path that the client sent. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
  /** The name of the client, where it sent an API key. */
  readonly apiKey?: string;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** nginx's number for a client that went away before its answer. */
const CLIENT_CLOSED_REQUEST = 499;

/** Reports each finished request to the metrics and, except for probes, to the log. */
export class RequestRecorder {
  constructor(
    private readonly routes: RouteTable,
    private readonly logRequest: RequestLog,
    private readonly onEnd: (outcome: RequestOutcome) => void,
    private readonly isWarmingUp: () => boolean,
    /** Absent where nobody needs an API key. */
    private readonly clientNameOf?: (request: IncomingMessage) => string | undefined,
  ) {}

  record(request: IncomingMessage, response: ServerResponse, id: string, ms: number): void {
    if (this.isWarmingUp()) return;
    const method = METHODS.has(request.method ?? '') ? request.method! : 'OTHER';
    const route = this.routes.labelOf(request as Request);
    const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
    const apiKey = this.clientNameOf?.(request);
    this.onEnd({ method, route, status, seconds: ms / 1000, apiKey });
    if (this.routes.isProbe(route)) return;
    this.logRequest({
      requestId: id,
      method,
      route,
      status,
      ms: Math.round(ms * 1000) / 1000,
      client: clientNetwork(clientAddress(request as Request)),
      traceId: traceId(request),
      apiKey,
    });
  }

  /** Reports a request that Node's parser rejected, so that nothing is known of it but its sender. */
  recordUnparsed(id: string, status: number, remoteAddress: string): void {
    this.onEnd({ method: 'OTHER', route: this.routes.unmatched, status, seconds: 0 });
    this.logRequest({
      requestId: id,
      method: 'OTHER',
      route: this.routes.unmatched,
      status,
      ms: 0,
      client: clientNetwork(remoteAddress),
      traceId: undefined,
    });
  }
}
