import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ErrorRenderer } from './error-renderer';
import { problemOf } from './problem-of';
import { sendProblem } from './send-problem';

/** Answers every exception in the error form of its protocol; what nobody foresaw is logged and becomes a bare 500. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(private readonly rendererOf: (url: string) => ErrorRenderer) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    if (problem.kind === 'internal') {
      const { stack } = error instanceof Error ? error : new Error(String(error));
      this.logger.error(`Unexpected error [request ${response.getHeader('X-Request-Id')}]`, stack);
    }
    const request = http.getRequest<Request>();
    // Express shortens `url` inside of what is mounted; the fast path does not come by Express.
    const renderer = this.rendererOf(request.originalUrl ?? request.url);
    sendProblem(request, response, problem, renderer);
  }
}
