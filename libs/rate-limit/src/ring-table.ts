/** Values per ring at first; a ring doubles when it is full. */
const FIRST_CAPACITY = 8;
/** Bytes that are allocated at once for the rings of one capacity. */
const SLAB_BYTES = 64 * 1024;
const FIRST_ROWS = 64;

/** Rings of one capacity, side by side in a few large typed arrays. */
class Slabs {
  private readonly slabs: Float64Array[] = [];
  private readonly free: number[] = [];
  private readonly perSlab: number;
  private next = 0;

  constructor(readonly capacity: number) {
    this.perSlab = Math.max(1, SLAB_BYTES / (8 * capacity));
  }

  take(): number {
    const reused = this.free.pop();
    if (reused !== undefined) return reused;
    if (this.next === this.slabs.length * this.perSlab) {
      this.slabs.push(new Float64Array(this.perSlab * this.capacity));
    }
    return this.next++;
  }

  give(ring: number): void {
    this.free.push(ring);
  }

  slabOf(ring: number): Float64Array {
    return this.slabs[Math.floor(ring / this.perSlab)]!;
  }

  startOf(ring: number): number {
    return (ring % this.perSlab) * this.capacity;
  }
}

/**
 * Queues of numbers outside V8's heap: many short ones cost a few dozen bytes each and give the garbage
 * collector nothing to trace or to move. A row is opened, used by its number, and closed.
 */
export class RingTable {
  private readonly classes: Slabs[] = [];
  private readonly freeRows: number[] = [];
  private rows = 0;
  private ring = new Uint32Array(FIRST_ROWS);
  private classOf = new Uint8Array(FIRST_ROWS);
  private head = new Uint32Array(FIRST_ROWS);
  private count = new Uint32Array(FIRST_ROWS);

  /** The number of a new, empty row. */
  open(): number {
    const row = this.freeRows.pop() ?? this.rows++;
    if (row === this.ring.length) this.growRows();
    this.classOf[row] = 0;
    this.ring[row] = this.slabs(0).take();
    this.head[row] = 0;
    this.count[row] = 0;
    return row;
  }

  close(row: number): void {
    this.slabs(this.classOf[row]!).give(this.ring[row]!);
    this.freeRows.push(row);
  }

  length(row: number): number {
    return this.count[row]!;
  }

  /** The value at `index`, 0 being the oldest. */
  at(row: number, index: number): number {
    const slabs = this.classes[this.classOf[row]!]!;
    const ring = this.ring[row]!;
    const offset = (this.head[row]! + index) & (slabs.capacity - 1);
    return slabs.slabOf(ring)[slabs.startOf(ring) + offset]!;
  }

  set(row: number, index: number, value: number): void {
    const slabs = this.classes[this.classOf[row]!]!;
    const ring = this.ring[row]!;
    const offset = (this.head[row]! + index) & (slabs.capacity - 1);
    slabs.slabOf(ring)[slabs.startOf(ring) + offset] = value;
  }

  push(row: number, value: number): void {
    if (this.count[row] === this.classes[this.classOf[row]!]!.capacity) this.growRing(row);
    const length = this.count[row]!;
    this.count[row] = length + 1;
    this.set(row, length, value);
  }

  /** Removes the oldest `amount` values. */
  shift(row: number, amount = 1): void {
    const { capacity } = this.classes[this.classOf[row]!]!;
    this.head[row] = (this.head[row]! + amount) & (capacity - 1);
    this.count[row] = this.count[row]! - amount;
  }

  /** Removes the newest `amount` values. */
  pop(row: number, amount = 1): void {
    this.count[row] = this.count[row]! - amount;
  }

  private slabs(sizeClass: number): Slabs {
    return (this.classes[sizeClass] ??= new Slabs(FIRST_CAPACITY * 2 ** sizeClass));
  }

  private growRing(row: number): void {
    const values = Array.from({ length: this.count[row]! }, (_, i) => this.at(row, i));
    const sizeClass = this.classOf[row]!;
    this.slabs(sizeClass).give(this.ring[row]!);
    this.classOf[row] = sizeClass + 1;
    this.ring[row] = this.slabs(sizeClass + 1).take();
    this.head[row] = 0;
    for (const [i, value] of values.entries()) this.set(row, i, value);
  }

  private growRows(): void {
    const size = this.ring.length * 2;
    const grown = <T extends Uint32Array | Uint8Array>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    this.ring = grown(new Uint32Array(size), this.ring);
    this.classOf = grown(new Uint8Array(size), this.classOf);
    this.head = grown(new Uint32Array(size), this.head);
    this.count = grown(new Uint32Array(size), this.count);
  }
}
