/** A uniform sample of a stream of numbers (Vitter 1985, algorithm R), the same one for the same stream. */
export class Reservoir {
  private readonly kept: number[] = [];
  private seen = 0;
  private state = 0x9e3779b9;

  constructor(private readonly capacity: number) {}

  add(value: number): void {
    this.seen += 1;
    if (this.kept.length < this.capacity) {
      this.kept.push(value);
      return;
    }
    const at = Math.floor(this.random() * this.seen);
    if (at < this.capacity) this.kept[at] = value;
  }

  /** The sample in ascending order. */
  sorted(): Float64Array {
    return Float64Array.from(this.kept).sort();
  }

  /** Marsaglia's xorshift of 32 bits (2003), as a share of 1. */
  private random(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) / 2 ** 32;
  }
}
