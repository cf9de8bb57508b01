const SLICES = 12;
const SLICE_MS = 5 * 60_000;
/** Reading the clock takes five times as long as counting a row, so that it is read no more often than this. */
const CLOCK_MS = 1_000;

/**
 * Counts over the last hour: of the five minutes that have begun, and of the eleven times five before. Holds numbers
 * only, as many for each slice as there are things to count.
 */
export class SlidingCounts {
  /** How long the counts of a window are kept. */
  static readonly windowMs = SLICES * SLICE_MS;

  private readonly slices: readonly Float64Array[];
  /** What lies before the window. */
  private readonly earlier: Float64Array;
  private newest = sliceNow();
  private isFresh = false;

  constructor(size: number) {
    this.slices = Array.from({ length: SLICES }, () => new Float64Array(size));
    this.earlier = new Float64Array(size);
  }

  /** The counts of the slice that it is now, to be added to at once. */
  current(): Float64Array {
    if (!this.isFresh) {
      this.turn();
      this.isFresh = true;
      setTimeout(() => (this.isFresh = false), CLOCK_MS).unref();
    }
    return this.slices[this.newest % SLICES]!;
  }

  /** The counts of the window. */
  inWindow(): Float64Array {
    this.turn();
    const sums = new Float64Array(this.earlier.length);
    for (const slice of this.slices) addTo(sums, slice);
    return sums;
  }

  /** The counts since the start. */
  inTotal(): Float64Array {
    const sums = this.inWindow();
    addTo(sums, this.earlier);
    return sums;
  }

  reset(): void {
    for (const counts of [...this.slices, this.earlier]) counts.fill(0);
  }

  /** Empties the slices that have begun since the last time. */
  private turn(): void {
    const now = sliceNow();
    for (let next = Math.max(this.newest + 1, now - SLICES + 1); next <= now; next++) {
      const counts = this.slices[next % SLICES]!;
      addTo(this.earlier, counts);
      counts.fill(0);
    }
    this.newest = now;
  }
}

function sliceNow(): number {
  return Math.floor(performance.now() / SLICE_MS);
}

function addTo(sums: Float64Array, counts: Float64Array): void {
  for (let i = 0; i < sums.length; i++) sums[i]! += counts[i]!;
}
