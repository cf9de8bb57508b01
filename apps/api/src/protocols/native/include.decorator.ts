import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ProblemException } from '../../http/errors/problem.exception';

/**
 * Whether `?include=probabilities` is asked for.
 * @throws ProblemException for any other `include`
 */
export const IncludeProbabilities = createParamDecorator(
  (_: unknown, context: ExecutionContext): boolean => {
    const request = context.switchToHttp().getRequest<Request>();
    // Express parses the query anew at each look.
    if (!request.url.includes('?')) return false;
    const { include } = request.query;
    if (include === undefined) return false;
    if (include === 'probabilities') return true;
    throw ProblemException.invalid({
      in: 'query',
      path: ['include'],
      message: 'Input should be "probabilities"',
      type: 'enum',
    });
  },
);
