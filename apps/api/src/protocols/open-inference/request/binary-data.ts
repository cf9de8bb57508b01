/** The bytes behind the JSON part of a request, which its inputs take one after another. */
export class BinaryData {
  private at = 0;

  constructor(private readonly bytes?: Buffer) {}

  /** Whether the request has a binary part at all, be it empty. */
  get isPresent(): boolean {
    return this.bytes !== undefined;
  }

  get bytesLeft(): number {
    return (this.bytes?.length ?? 0) - this.at;
  }

  /** The next `size` bytes; `undefined` where there are not as many. */
  take(size: number): Buffer | undefined {
    if (size > this.bytesLeft) return undefined;
    const start = this.at;
    this.at += size;
    return this.bytes?.subarray(start, this.at) ?? Buffer.alloc(0);
  }
}
