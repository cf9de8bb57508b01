import { damaged } from './damaged';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** Reads forward through bytes; every read past the end is a `ModelImportError` that names the byte. */
export class ByteReader {
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    public offset = 0,
    /** Where `bytes` start in the file. */
    private readonly base = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.bytes.length - this.offset;
  }

  uint8(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  int32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  /** A length in 8 bytes, little-endian. */
  uint64(): number {
    const value = this.view.getBigUint64(this.advance(8), true);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw damaged(`states a length of ${value} bytes`, this.base + this.offset - 8);
    }
    return Number(value);
  }

  float64BigEndian(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  /** The next `length` bytes, not copied. */
  take(length: number): Uint8Array {
    const start = this.advance(length);
    return this.bytes.subarray(start, start + length);
  }

  utf8(length: number): string {
    const start = this.advance(length);
    // Names and terms are short ASCII for the most part, where building the text here is several times faster.
    if (length <= 24) {
      let text = '';
      for (let at = start; at < start + length; at++) {
        const byte = this.bytes[at]!;
        if (byte >= 0x80) return this.decode(start, length);
        text += ASCII[byte]!;
      }
      return text;
    }
    return this.decode(start, length);
  }

  /** ASCII text up to the next line feed, which is passed over. */
  line(maxLength = 1024): string {
    const start = this.offset;
    const end = this.bytes.subarray(start, start + maxLength).indexOf(0x0a);
    if (end < 0) throw damaged('holds a line of text without an end', this.base + start);
    this.offset = start + end + 1;
    return decodeUtf8(this.bytes.subarray(start, start + end), this.base + start);
  }

  private decode(start: number, length: number): string {
    return decodeUtf8(this.bytes.subarray(start, start + length), this.base + start);
  }

  private advance(length: number): number {
    const start = this.offset;
    if (length > this.remaining) {
      throw damaged(`ends where ${length} more bytes should follow`, this.base + start);
    }
    this.offset += length;
    return start;
  }
}

/** Text of UTF-8 bytes, of which the first stands at `offset` in the file. */
export function decodeUtf8(bytes: Uint8Array, offset: number): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw damaged('holds text that is not UTF-8', offset, cause);
  }
}
