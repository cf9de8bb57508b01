/** Rows that cannot be answered: not valid, or without a finite answer. Names rows by position, never by value. */
export class FaultyRowsError extends Error {
  override readonly name = 'FaultyRowsError';

  /**
   * @param invalid rows that hold a value which its column does not take
   * @param unscorable valid rows for which the model has no finite answer
   */
  constructor(
    readonly invalid: readonly number[],
    readonly unscorable: readonly number[],
  ) {
    super(`${invalid.length} rows are not valid and ${unscorable.length} have no finite answer`);
  }
}
