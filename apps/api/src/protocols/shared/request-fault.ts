import type { InputFault } from '../../http/errors/problem';
import { ProblemException } from '../../http/errors/problem.exception';

/** Where in the request body something is. */
export type BodyPath = InputFault['path'];

/** Ends a request because of one fault of its body. */
export function requestFault(path: BodyPath, message: string, type: string): ProblemException {
  return ProblemException.invalid({ in: 'body', path, message, type });
}
