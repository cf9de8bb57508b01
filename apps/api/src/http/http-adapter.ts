import { createServer, IncomingMessage, type ServerResponse } from 'node:http';
import { StreamableFile } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import proxyAddress from 'proxy-addr';
import type { RequestObserver } from './request-observer';
import { sendJson } from './send-json';

/** A client that sends its header or body more slowly than this is cut off with 408. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** Longer than the 60 s for which load balancers keep an idle connection, so that they close it first. */
const KEEP_ALIVE_MS = 65_000;
/** How often the two are checked; Node's own 30 s would let a slow client have half a minute more. */
const CHECK_INTERVAL_MS = 1_000;
const MAX_HEADER_BYTES = 8 * 1024;

type RouteHandler = (request: unknown, response: unknown, next: () => void) => unknown;

/**
 * Express under Nest, with a server that does not wait for ever. A POST to exactly the path of a route goes
 * straight to Nest's handler, past Express's router and prototypes; everything else takes the long way.
 */
export class HttpAdapter extends ExpressAdapter {
  /** The first and last to see every request. */
  observer?: RequestObserver;
  private readonly shortcuts = new Map<string, RouteHandler>();
  private hasShortcuts = true;

  constructor(private readonly maxConnections: number) {
    super();
  }

  override initHttpServer(): void {
    const express = this.getInstance();
    class AddressedMessage extends IncomingMessage {
      private address?: string;

      /** As `request.ip` of Express, which has another prototype. */
      get ip(): string | undefined {
        this.address ??= proxyAddress(this, express.get('trust proxy fn'));
        return this.address;
      }
    }
    const server = createServer(
      {
        IncomingMessage: AddressedMessage,
        headersTimeout: HEADERS_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        keepAliveTimeout: KEEP_ALIVE_MS,
        connectionsCheckingInterval: CHECK_INTERVAL_MS,
        maxHeaderSize: MAX_HEADER_BYTES,
      },
      (request, response) => this.dispatch(request as Request, response as Response),
    );
    server.maxConnections = this.maxConnections;
    // Node drops headers beyond 2000 in silence, among them the one that a proxy adds last; size is the limit.
    server.maxHeadersCount = 0;
    this.setHttpServer(server);
  }

  /** Nest registers a route by its path and one handler. */
  override post(...route: readonly unknown[]): unknown {
    const [path, handler] = route;
    if (typeof path === 'string' && typeof handler === 'function') {
      this.shortcuts.set(path, handler as RouteHandler);
    }
    return super.post(...(route as [never, never]));
  }

  /** CORS is a middleware of Express, which a shortcut would miss. */
  override enableCors(...options: Parameters<ExpressAdapter['enableCors']>): void {
    this.hasShortcuts = false;
    super.enableCors(...options);
  }

  override status(response: ServerResponse, statusCode: number): ServerResponse {
    response.statusCode = statusCode;
    return response;
  }

  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    const plain = typeof body === 'object' && body !== null && !(body instanceof StreamableFile);
    if (!plain) return super.reply(response, body, statusCode);
    sendJson(response, statusCode ?? response.statusCode, body);
    return undefined;
  }

  private dispatch(request: Request, response: Response): void {
    if (this.observer?.begin(request, response) === false) return;
    if (!request.url.startsWith('/') && !toOriginForm(request)) {
      sendJson(response, 400, { detail: 'The request is malformed.' });
      return;
    }
    const express = this.getInstance();
    const shortcut =
      this.hasShortcuts && request.method === 'POST' ? this.shortcuts.get(request.url) : undefined;
    if (shortcut) {
      request.route = { path: request.url };
      shortcut(request, response, () => express(request, response));
    } else {
      express(request, response);
    }
  }
}

/** Replaces the absolute form of a target (RFC 9112, section 3.2.2), which Express would answer itself if broken. */
function toOriginForm(request: Request): boolean {
  if (request.url === '*') return true;
  try {
    const { pathname, search } = new URL(request.url);
    request.url = pathname + search;
    return true;
  } catch {
    return false;
  }
}
