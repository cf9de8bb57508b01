import type { UnsharedHits } from './unshared-hits';

/** Some of the requests to be written back did not reach Redis; `cause` is the first failure. */
export class UndeliveredError extends Error {
  override readonly name = 'UndeliveredError';

  constructor(
    readonly hits: readonly UnsharedHits[],
    cause: unknown,
  ) {
    super('Not all requests could be written back', { cause });
  }
}
