/** What kind of fault it is, for callers that answer differently (404, exit code, retry). */
export type ModelStoreFault =
  | 'invalid-name'
  | 'invalid-version'
  | 'model-not-found'
  | 'version-not-found'
  | 'no-version'
  | 'already-exists'
  | 'unreadable'
  | 'unwritable';

/** A model that cannot be found, read or written: where the store looked (absolute), what is wrong, what to do. */
export class ModelStoreError extends Error {
  override readonly name = 'ModelStoreError';

  constructor(
    readonly fault: ModelStoreFault,
    readonly location: string,
    readonly problem: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${location}: ${problem}. ${remedy}`, options);
  }
}
