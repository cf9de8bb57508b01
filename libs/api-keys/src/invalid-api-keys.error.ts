/** A file of API keys that cannot be used. The message names every bad line and never shows one. */
export class InvalidApiKeysError extends Error {
  override readonly name = 'InvalidApiKeysError';

  constructor(source: string, faults: readonly string[], options?: ErrorOptions) {
    super(`${source}: ${faults.join('; ')}`, options);
  }
}
