import { HttpException } from '@nestjs/common';
import { type InputFault, type Problem, statusOf } from './problem';

/** Ends a request with a problem; the protocol of its route renders it. */
export class ProblemException extends HttpException {
  constructor(
    readonly problem: Problem,
    options?: { readonly cause?: unknown },
  ) {
    super({ kind: problem.kind }, statusOf(problem), options);
  }

  /** Invalid input, with every fault. */
  static invalid(...faults: readonly InputFault[]): ProblemException {
    return new ProblemException({ kind: 'invalid_input', faults });
  }
}
