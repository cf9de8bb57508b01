import type { IncomingMessage } from 'node:http';
import type { Problem } from '../errors/problem';

const problems = new WeakMap<IncomingMessage, Problem>();

/** Has a request answered with a problem as soon as its hooks have begun. */
export function setEarlyProblem(request: IncomingMessage, problem: Problem): void {
  problems.set(request, problem);
}

/** What was found wrong with a request before routing. */
export function earlyProblem(request: IncomingMessage): Problem | undefined {
  return problems.get(request);
}
