import { IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { Express, NextFunction } from 'express';
import type { RequestHooks } from './requests/request-hooks';
import { createHttpServer } from './server/http-server';

/** Express under Nest, on the server of `createHttpServer`. */
export class HttpAdapter extends ExpressAdapter {
  protected hooks?: RequestHooks;

  constructor(private readonly maxConnections: number) {
    super();
  }

  /** Has every request pass through the hooks; call it before any other middleware is added. */
  useHooks(hooks: RequestHooks): void {
    this.hooks = hooks;
    this.use((request: IncomingMessage, response: ServerResponse, next: NextFunction) => {
      if (hooks.begin(request, response)) next();
    });
  }

  /** The class of the requests that `handle` gets. */
  protected messageType(): typeof IncomingMessage {
    return IncomingMessage;
  }

  /** The class of their responses. */
  protected responseType(): typeof ServerResponse {
    return ServerResponse;
  }

  /** An empty request, as the server makes them. */
  createMessage(socket: Socket): IncomingMessage {
    return new (this.messageType())(socket);
  }

  /** Its response, likewise. */
  createResponse(request: IncomingMessage): ServerResponse {
    return new (this.responseType())(request);
  }

  /** Answers one request. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    this.getInstance<Express>()(request, response);
  }

  override initHttpServer(): void {
    this.setHttpServer(this.createServer());
  }

  /** Another server of the same application, for another port. */
  createServer(): Server {
    return createHttpServer(
      {
        maxConnections: this.maxConnections,
        IncomingMessage: this.messageType(),
        ServerResponse: this.responseType(),
        hooks: () => this.hooks,
      },
      (request, response) => this.handle(request, response),
    );
  }
}
