import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/**
 * Hands the request to the pipes given, which read and check its body. So nothing of a body is read before
 * the guards have accepted the request.
 */
export const HttpRequest = createParamDecorator((_: unknown, context: ExecutionContext): Request =>
  context.switchToHttp().getRequest<Request>(),
);
