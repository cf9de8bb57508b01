import type { IncomingMessage, ServerResponse } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { NextFunction } from 'express';
import type { RequestHooks } from './requests/request-hooks';
import { createHttpServer } from './server/http-server';

/** Express under Nest, on the server of `createHttpServer`. */
export class HttpAdapter extends ExpressAdapter {
  protected hooks?: RequestHooks;

  constructor(protected readonly maxConnections: number) {
    super();
  }

  /** Has every request pass through the hooks; call it before any other middleware is added. */
  useHooks(hooks: RequestHooks): void {
    this.hooks = hooks;
    this.use((request: IncomingMessage, response: ServerResponse, next: NextFunction) => {
      if (hooks.begin(request, response)) next();
    });
  }

  override initHttpServer(): void {
    const { maxConnections } = this;
    const server = createHttpServer(
      { maxConnections, hooks: () => this.hooks },
      this.getInstance(),
    );
    this.setHttpServer(server);
  }
}
