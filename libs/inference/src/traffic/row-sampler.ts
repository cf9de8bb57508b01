/** So many rows of a second are all taken; of the others every eighth, for eight. */
const ALL_OF_A_SECOND = 1_000;
const STRIDE = 8;

/**
 * Chooses the rows that are counted, so that the cost of counting is bounded where it would show: in large batches and at
 * thousands of rows a second, where a part of them says the same.
 */
export class RowSampler {
  private taken = 0;
  private passed = 0;

  /** For how many rows the next one counts: 1; or 8 and seven times 0. */
  next(): number {
    if (this.taken < ALL_OF_A_SECOND) {
      if (this.taken === 0) setTimeout(() => (this.taken = 0), 1_000).unref();
      this.taken += 1;
      return 1;
    }
    this.passed = (this.passed + 1) % STRIDE;
    return this.passed === 0 ? STRIDE : 0;
  }
}
