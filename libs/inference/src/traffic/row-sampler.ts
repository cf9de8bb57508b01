/** Every row is taken until this many were, in a second; then every eighth, for eight, until as many more were; then every 64th. */
const TAKEN_PER_STRIDE = 1_000;
const STRIDES = [1, 8, 64] as const;

/**
 * Chooses the rows that are counted, so that the cost of counting is bounded where it would show: in large batches and at
 * thousands of rows a second, where a part of them says the same.
 */
export class RowSampler {
  private taken = 0;
  private stride: number = STRIDES[0];
  /** Rows until one is taken, with that one. */
  private left = 1;

  /** For how many rows the next one counts: 0 where it is not taken. */
  next(): number {
    this.left -= 1;
    if (this.left > 0) return 0;
    const weight = this.stride;
    if (this.taken === 0) setTimeout(() => this.restart(), 1_000).unref();
    this.taken += 1;
    this.setStride(STRIDES[Math.floor(this.taken / TAKEN_PER_STRIDE)] ?? STRIDES.at(-1)!);
    return weight;
  }

  private restart(): void {
    this.taken = 0;
    this.setStride(STRIDES[0]);
  }

  private setStride(stride: number): void {
    this.stride = this.left = stride;
  }
}
