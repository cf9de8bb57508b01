import { STATUS_CODES } from 'node:http';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import type { Request, Response } from 'express';
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
    if (!request.complete && !isDrainable(request)) response.setHeader('Connection', 'close');
    sendJson(response, status, body);
  }

  private answer(error: unknown, response: Response): [status: number, body: object] {
    if (error instanceof HttpException) {
      const status = error.getStatus();
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

function isDrainable(request: Request): boolean {
  return Number(request.headers['content-length'] ?? Infinity) <= MAX_DRAINED_BYTES;
}
