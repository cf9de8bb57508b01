/**
 * The `count` nearest of the rows that it is offered, in a heap whose first element is the farthest: a row costs the
 * logarithm of `count` at most. Of rows at the same distance the one with the lowest number is nearer.
 */
export class NearestRows {
  /** Distances of the rows that are kept, and their numbers; after `sort` the nearest comes first. */
  readonly distances: Float64Array;
  readonly rows: Int32Array;

  constructor(private readonly count: number) {
    this.distances = new Float64Array(count);
    this.rows = new Int32Array(count);
  }

  /** Forgets all rows; what no row takes the place of stands at distance Infinity. */
  clear(): void {
    this.distances.fill(Infinity);
  }

  /** Keeps a row, with a higher number than all before it, if it is among the nearest. Not after `sort`. */
  offer(row: number, distance: number): void {
    if (!(distance < this.distances[0]!)) return;
    this.sink(distance, row, this.count);
  }

  sort(): void {
    const { distances, rows } = this;
    for (let end = this.count - 1; end > 0; end--) {
      const distance = distances[end]!;
      const row = rows[end]!;
      distances[end] = distances[0]!;
      rows[end] = rows[0]!;
      this.sink(distance, row, end);
    }
  }

  /** Puts a row in the place of the first one, and below all of the first `length` that are farther. */
  private sink(distance: number, row: number, length: number): void {
    const { distances, rows } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && this.isFarther(child + 1, distances[child]!, rows[child]!)) child++;
      if (!this.isFarther(child, distance, row)) break;
      distances[at] = distances[child]!;
      rows[at] = rows[child]!;
      at = child;
    }
    distances[at] = distance;
    rows[at] = row;
  }

  private isFarther(at: number, distance: number, row: number): boolean {
    const own = this.distances[at]!;
    return own > distance || (own === distance && this.rows[at]! > row);
  }
}
