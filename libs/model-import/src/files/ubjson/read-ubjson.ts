import { ByteReader } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import { printable } from '../bytes/printable';
import type { JsonArray, JsonValue } from '../json/json-value';
import { typedArray } from './typed-array';

/**
 * The document of UBJSON bytes (draft 12, numbers big-endian), as XGBoost writes with `save_model("….ubj")` and
 * inside its pickles. Every announced length is bounded by the bytes that follow.
 * @throws ModelImportError for damaged bytes, or bytes behind the document
 */
export function readUbjson(bytes: Uint8Array): JsonValue {
  const reader = new UbjsonReader(bytes);
  const value = reader.value(reader.marker(), 0);
  reader.end();
  return value;
}

class UbjsonReader {
  private readonly reader: ByteReader;
  private readonly view: DataView;

  constructor(bytes: Uint8Array) {
    this.reader = new ByteReader(bytes);
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  end(): void {
    const { remaining, offset } = this.reader;
    if (remaining > 0) throw damaged(`has ${remaining} bytes after its UBJSON document`, offset);
  }

  /** The next marker; N, which means nothing, is passed over. */
  marker(): string {
    let byte = this.reader.uint8();
    while (byte === 0x4e) byte = this.reader.uint8();
    return String.fromCharCode(byte);
  }

  value(marker: string, depth: number): JsonValue {
    if (depth > FILE_LIMITS.ubjsonDepth) {
      throw overLimit('has UBJSON that is nested too deep', this.reader.offset);
    }
    switch (marker) {
      case 'Z':
        return null;
      case 'T':
        return true;
      case 'F':
        return false;
      case 'C':
        return this.text(1);
      case 'S':
      case 'H':
        return this.text(this.length());
      case '[':
        return this.array(depth + 1);
      case '{':
        return this.object(depth + 1);
      default:
        return this.number(marker);
    }
  }

  private number(marker: string): number {
    const at = this.reader.offset;
    switch (marker) {
      case 'i':
        return (this.reader.uint8() << 24) >> 24;
      case 'U':
        return this.reader.uint8();
      case 'I':
        this.reader.take(2);
        return this.view.getInt16(at, false);
      case 'l':
        this.reader.take(4);
        return this.view.getInt32(at, false);
      case 'L':
        this.reader.take(8);
        return Number(this.view.getBigInt64(at, false));
      case 'd':
        this.reader.take(4);
        return this.view.getFloat32(at, false);
      case 'D':
        this.reader.take(8);
        return this.view.getFloat64(at, false);
      default:
        throw damaged(`has the unknown UBJSON marker "${printable(marker)}"`, at - 1);
    }
  }

  /** A length is a number of its own, with its marker. */
  private length(): number {
    const { offset } = this.reader;
    const length = this.number(this.marker());
    if (Number.isSafeInteger(length) && length >= 0 && length <= this.reader.remaining)
      return length;
    throw damaged(`announces ${length} UBJSON elements or bytes, more than follow`, offset);
  }

  private text(length: number): string {
    return this.reader.utf8(length);
  }

  private array(depth: number): JsonArray {
    const { type, count } = this.header();
    if (type !== undefined) {
      const array = typedArray(this.reader, type, count ?? 0);
      if (array) return array;
    }
    const items: JsonValue[] = [];
    for (let i = 0; i !== count; i++) {
      const marker = type ?? this.marker();
      if (count === undefined && marker === ']') break;
      items.push(this.value(marker, depth));
    }
    return items;
  }

  private object(depth: number): JsonValue {
    const { type, count } = this.header();
    // Without a prototype, so that no key means anything but itself.
    const members = Object.create(null) as Record<string, JsonValue>;
    for (let i = 0; i !== count; i++) {
      const marker = this.marker();
      if (count === undefined && marker === '}') break;
      const { offset } = this.reader;
      const length = this.number(marker);
      if (!Number.isSafeInteger(length) || length < 0)
        throw damaged('has a UBJSON key without a length', offset);
      const key = this.text(length);
      members[key] = this.value(type ?? this.marker(), depth);
    }
    return members;
  }

  /** Optional type (`$`) and count (`#`) of a container. A type without bytes would be bounded by nothing. */
  private header(): { type: string | undefined; count: number | undefined } {
    let type: string | undefined;
    if (this.peek() === '$') {
      this.reader.uint8();
      type = this.marker();
      if ('ZTFN'.includes(type))
        throw damaged('has a UBJSON array of a type without bytes', this.reader.offset);
    }
    if (this.peek() !== '#') {
      if (type !== undefined)
        throw damaged('has a typed UBJSON array without a count', this.reader.offset);
      return { type, count: undefined };
    }
    this.reader.uint8();
    return { type, count: this.length() };
  }

  private peek(): string {
    const { bytes, offset } = this.reader;
    return offset < bytes.length ? String.fromCharCode(bytes[offset]!) : '';
  }
}
