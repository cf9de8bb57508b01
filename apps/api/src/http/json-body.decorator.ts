import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/**
 * Hands the request to the pipes given: the first reads the body, the next checks it. So nothing of a body
 * is read before the guards have let the request through.
 */
export const JsonBody = createParamDecorator((_: unknown, context: ExecutionContext): Request =>
  context.switchToHttp().getRequest<Request>(),
);
