/** Settings that cannot be used. The message names every bad variable and what it must be. */
export class InvalidEnvironmentError extends Error {
  override readonly name = 'InvalidEnvironmentError';

  /** @param faults one line per fault, each beginning with the name of its variable */
  constructor(readonly faults: readonly string[]) {
    super(`These settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}
