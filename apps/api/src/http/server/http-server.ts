import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestHooks } from '../requests/request-hooks';
import { rejectUnparsed } from './client-error';
import { setEarlyProblem } from './early-problem';
import { holdContinue } from './expect-continue';
import { checkRequestTarget } from './request-target';

/** A client that sends its header or body more slowly than this is cut off with 408. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** Longer than the 60 s for which load balancers keep an idle connection, so that they close it first. */
const KEEP_ALIVE_MS = 65_000;
/** How often the two are checked; Node's own 30 s would let a slow client have half a minute more. */
const CHECK_INTERVAL_MS = 1_000;
const MAX_HEADER_BYTES = 8 * 1024;

export interface HttpServerOptions {
  readonly maxConnections: number;
  readonly IncomingMessage?: typeof IncomingMessage;
  readonly ServerResponse?: typeof ServerResponse;
  /** The hooks, once there are any. */
  readonly hooks: () => RequestHooks | undefined;
}

/** An HTTP server with header, request and keep-alive timeouts, whose own errors have a body and an id too. */
export function createHttpServer(
  { maxConnections, IncomingMessage, ServerResponse, hooks }: HttpServerOptions,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Server {
  const checked = (request: IncomingMessage, response: ServerResponse): void => {
    checkRequestTarget(request);
    handle(request, response);
  };
  const server = createServer(
    {
      IncomingMessage,
      ServerResponse,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      // `checkRequestTarget` does it, with a body and an id.
      requireHostHeader: false,
    },
    checked,
  );
  server.maxConnections = maxConnections;
  // Node silently drops headers beyond 2000, among them the one that a proxy adds last; size is the limit.
  server.maxHeadersCount = 0;
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // Only a POST has a reader, which asks for the body when header and limit allow it.
    if (request.method === 'POST') holdContinue(request, response);
    else response.writeContinue();
    checked(request, response);
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    setEarlyProblem(request, { kind: 'expectation_failed' });
    checked(request, response);
  });
  server.on('clientError', (error, socket) => rejectUnparsed(error, socket as Socket, hooks()));
  return server;
}
