import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { ErrorRenderer } from './error-renderer';
import { problemOf } from './problem-of';
import { sendProblem } from './send-problem';

/** Answers every exception in the error form of one protocol; what nobody foresaw is logged and becomes a bare 500. */
@Catch()
export class HttpErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  constructor(private readonly renderer: ErrorRenderer) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    if (problem.kind === 'internal') {
      const { stack } = error instanceof Error ? error : new Error(String(error));
      this.logger.error(`Unexpected error [request ${response.getHeader('X-Request-Id')}]`, stack);
    }
    sendProblem(http.getRequest<Request>(), response, problem, this.renderer);
  }
}
