import type { Problem } from './problem';

/** The error form of one protocol. */
export interface ErrorRenderer {
  render(problem: Problem): { readonly status: number; readonly body: object };
}
