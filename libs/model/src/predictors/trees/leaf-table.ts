/** Rows of numbers, equal ones stored once: unlimited forests end in few different leaves. */
export class LeafTable {
  private values: Float64Array;
  /** Row + 1 of each hash place; 0 where it is free. Twice as many places as rows at least. */
  private places = new Int32Array(64);
  private rows = 0;
  private readonly row: Float64Array;
  private readonly words: Int32Array;

  constructor(readonly width: number) {
    this.values = new Float64Array(32 * width);
    this.row = new Float64Array(width);
    this.words = new Int32Array(this.row.buffer);
  }

  get rowCount(): number {
    return this.rows;
  }

  /** The row that equals `source[start]` and the `width` - 1 numbers behind it; a new one if there is none. */
  add(source: ArrayLike<number>, start: number): number {
    const { row, width } = this;
    // Adding 0 makes 0 of -0, so that equal numbers have equal bytes.
    for (let k = 0; k < width; k++) row[k] = source[start + k]! + 0;
    let place = this.hash();
    for (;;) {
      const known = this.places[place]! - 1;
      if (known < 0) break;
      if (this.equals(known)) return known;
      place = (place + 1) & (this.places.length - 1);
    }
    this.places[place] = this.append() + 1;
    if (2 * this.rows > this.places.length) this.rehash();
    return this.rows - 1;
  }

  /** All rows, one after the other. */
  toArray(): Float64Array {
    return this.values.slice(0, this.rows * this.width);
  }

  private equals(known: number): boolean {
    const start = known * this.width;
    return this.row.every((value, k) => value === this.values[start + k]);
  }

  private append(): number {
    const start = this.rows * this.width;
    if (start === this.values.length) {
      const grown = new Float64Array(2 * this.values.length);
      grown.set(this.values);
      this.values = grown;
    }
    this.values.set(this.row, start);
    return this.rows++;
  }

  /** The place where `row` belongs: FNV-1a over 32-bit words, then mixed, because places use its low bits. */
  private hash(): number {
    let hash = 0x811c9dc5;
    for (const word of this.words) hash = Math.imul(hash ^ word, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return (hash ^ (hash >>> 13)) & (this.places.length - 1);
  }

  private rehash(): void {
    this.places = new Int32Array(4 * this.places.length);
    for (let known = 0; known < this.rows; known++) {
      this.row.set(this.values.subarray(known * this.width, (known + 1) * this.width));
      let place = this.hash();
      while (this.places[place] !== 0) place = (place + 1) & (this.places.length - 1);
      this.places[place] = known + 1;
    }
  }
}
