import type { ErrorRenderer } from '../../http/errors/error-renderer';
import { type InputFault, type Problem, statusOf } from '../../http/errors/problem';
import { problemMessage } from '../../http/errors/problem-message';
import type { Fault } from './error-responses.dto';

/** `{"detail": …}`: a sentence, or for invalid input the list of all faults. */
export const nativeErrors: ErrorRenderer = {
  render(problem) {
    return { status: statusOf(problem), body: bodyOf(problem) };
  },
};

function bodyOf(problem: Problem): object {
  switch (problem.kind) {
    case 'invalid_input':
      return { detail: problem.faults.map(nativeFault) };
    case 'not_ready':
      return { detail: problemMessage(problem), status: 'error', details: problem.details };
    default:
      return { detail: problemMessage(problem) };
  }
}

/** A fault as the native protocol shows it. */
export function nativeFault({ in: source, path, message, type }: InputFault): Fault {
  return { loc: [source, ...path], msg: message, type };
}
