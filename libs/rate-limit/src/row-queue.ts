const FIRST_ROWS = 64;
/** The node before the first and after the last row; row `n` is node `n + 1`. */
const END = 0;

/**
 * Rows of a table in the order in which they were added. Unlike the order of a Map, finding the first one takes
 * no longer after many have been removed before it.
 */
export class RowQueue {
  private next = new Int32Array(FIRST_ROWS);
  private previous = new Int32Array(FIRST_ROWS);

  /** The row that has been there longest; -1 where there is none. */
  get first(): number {
    return this.next[END]! - 1;
  }

  /** Adds a row that is not there, at the end. */
  add(row: number): void {
    const node = row + 1;
    if (node >= this.next.length) this.grow(node);
    const last = this.previous[END]!;
    this.next[last] = node;
    this.previous[node] = last;
    this.next[node] = END;
    this.previous[END] = node;
  }

  /** Removes a row that is there. */
  remove(row: number): void {
    const next = this.next[row + 1]!;
    const previous = this.previous[row + 1]!;
    this.next[previous] = next;
    this.previous[next] = previous;
  }

  private grow(node: number): void {
    const size = Math.max(2 * this.next.length, node + 1);
    const [next, previous] = [new Int32Array(size), new Int32Array(size)];
    next.set(this.next);
    previous.set(this.previous);
    [this.next, this.previous] = [next, previous];
  }
}
