import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ProblemException } from '../../../http/errors/problem.exception';
import { ANSWER_FIELDS } from './answer-fields';
import { Include } from './include';

/**
 * What `?include=` asks for: names of `ANSWER_FIELDS` with commas between them, also in several parameters.
 * @throws ProblemException for any other name
 */
export const Included = createParamDecorator((_: unknown, context: ExecutionContext): Include => {
  const request = context.switchToHttp().getRequest<Request>();
  // Express parses the query anew at each look.
  if (!request.url.includes('?')) return Include.NOTHING;
  const { include } = request.query;
  if (include === undefined) return Include.NOTHING;
  const names = new Set(String(include).split(','));
  const fields = ANSWER_FIELDS.filter(({ name }) => names.delete(name));
  if (names.size === 0) return new Include(fields);
  const known = ANSWER_FIELDS.map(({ name }) => `"${name}"`).join(', ');
  throw ProblemException.invalid({
    in: 'query',
    path: ['include'],
    message: `Input should be one or more of ${known}`,
    type: 'enum',
  });
});
