import { STATUS_CODES } from 'node:http';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { limiterDetail } from './limiter-detail';
import { sendJson } from './send-json';

/** An unread body beyond this is not worth reading to keep a connection. */
const MAX_DRAINED_BYTES = 64 * 1024;

/** Gives every error the body `{"detail": …}`; what nobody foresaw becomes a bare 500 and a log line. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const [status, body] = this.answer(error, response);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    this.disposeOfBody(request, response);
    sendJson(response, status, body);
  }

  /** What was not read must go before the connection can be used again, or the connection must. */
  private disposeOfBody(request: Request, response: Response): void {
    const declared = Number(request.headers['content-length'] ?? Infinity);
    if (request.readableLength === declared) request.read();
    else if (!request.complete && declared > MAX_DRAINED_BYTES) {
      response.setHeader('Connection', 'close');
    }
  }

  private answer(error: unknown, response: Response): [status: number, body: object] {
    if (error instanceof HttpException) {
      const status = error.getStatus();
      const limiter = limiterDetail(error);
      if (limiter !== undefined) return [status, { detail: limiter }];
      const body = error.getResponse();
      const detailed = typeof body === 'object' && 'detail' in body;
      // Nest's own messages quote the path of the request.
      return [status, detailed ? body : { detail: STATUS_CODES[status] }];
    }
    const status = clientErrorStatus(error);
    if (status !== undefined) return [status, { detail: 'The request is malformed.' }];
    const { stack } = error instanceof Error ? error : new Error(String(error));
    this.logger.error(`Unexpected error [request ${response.getHeader('X-Request-Id')}]`, stack);
    return [500, { detail: 'Internal server error' }];
  }
}

/** Express marks what it cannot parse (a path such as `/%zz`) with a 4xx status. */
function clientErrorStatus(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
