import { ByteReader, decodeUtf8 } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { fieldLimit } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import { safeInteger, varint } from './varint';

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** How many fields of one file may be visited, counted each time. */
class FieldBudget {
  private left: number;

  constructor(private readonly limit: number) {
    this.left = limit;
  }

  spend(offset: number): void {
    if (--this.left < 0) throw overLimit(`has more than ${this.limit} protobuf fields`, offset);
  }
}

/**
 * A protobuf message (protobuf encoding, proto2 and proto3). Fields are found in the bytes whenever one is asked
 * for, so that a list of a million numbers costs no objects. Repeated numbers may be packed or not.
 */
export class ProtobufMessage {
  constructor(
    private readonly data: Uint8Array,
    /** Where the message starts in the file. */
    readonly offset = 0,
    private readonly budget = new FieldBudget(fieldLimit(data.length)),
  ) {}

  messages(number: number): ProtobufMessage[] {
    return this.payloads(number).map(
      ({ value, offset }) => new ProtobufMessage(value, offset, this.budget),
    );
  }

  message(number: number): ProtobufMessage | undefined {
    return this.messages(number).at(-1);
  }

  strings(number: number): string[] {
    return this.payloads(number).map(({ value, offset }) => decodeUtf8(value, offset));
  }

  string(number: number): string {
    return this.strings(number).at(-1) ?? '';
  }

  bytes(number: number): Uint8Array | undefined {
    return this.payloads(number).at(-1)?.value;
  }

  has(number: number): boolean {
    let found = false;
    this.visit(number, (reader, wireType) => {
      found = true;
      skip(reader, wireType);
    });
    return found;
  }

  /** Signed integers. */
  integers(number: number): number[] {
    return this.numbers(number, VARINT, (reader) => safeInteger(varint(reader), this.offset));
  }

  integer(number: number): number | undefined {
    return this.integers(number).at(-1);
  }

  floats(number: number): number[] {
    return this.numbers(number, FIXED32, (reader) => viewOf(reader.take(4)).getFloat32(0, true));
  }

  doubles(number: number): number[] {
    return this.numbers(number, FIXED64, (reader) => viewOf(reader.take(8)).getFloat64(0, true));
  }

  private numbers(
    number: number,
    wireType: number,
    read: (reader: ByteReader) => number,
  ): number[] {
    const numbers: number[] = [];
    this.visit(number, (reader, found, offset) => {
      if (found === wireType) numbers.push(read(reader));
      else if (found === BYTES) {
        const packed = new ByteReader(reader.take(Number(varint(reader))), 0, offset);
        while (packed.remaining > 0) numbers.push(read(packed));
      } else throw otherType(number, offset);
    });
    return numbers;
  }

  private payloads(number: number): { value: Uint8Array; offset: number }[] {
    const payloads: { value: Uint8Array; offset: number }[] = [];
    this.visit(number, (reader, wireType) => {
      if (wireType !== BYTES) throw otherType(number, this.offset + reader.offset);
      const length = Number(varint(reader));
      const offset = this.offset + reader.offset;
      payloads.push({ value: reader.take(length), offset });
    });
    return payloads;
  }

  /** Calls `found` at each field of that number; it must read the field's payload. */
  private visit(
    number: number,
    found: (reader: ByteReader, wireType: number, offset: number) => void,
  ): void {
    const { data } = this;
    const reader = new ByteReader(data, 0, this.offset);
    while (reader.remaining > 0) {
      const offset = this.offset + reader.offset;
      this.budget.spend(offset);
      const first = data[reader.offset]!;
      // Two bytes, key and value, are by far the commonest field to pass over.
      if ((first & 0x87) === VARINT && first >> 3 !== number && data[reader.offset + 1]! < 0x80) {
        reader.offset += 2;
        continue;
      }
      const key = Number(varint(reader));
      const wireType = key % 8;
      if (Math.floor(key / 8) === number) found(reader, wireType, offset);
      else skip(reader, wireType);
    }
  }
}

function skip(reader: ByteReader, wireType: number): void {
  if (wireType === VARINT) varint(reader);
  else if (wireType === FIXED64) reader.take(8);
  else if (wireType === BYTES) reader.take(Number(varint(reader)));
  else if (wireType === FIXED32) reader.take(4);
  else throw damaged(`is not a protobuf message (wire type ${wireType})`, reader.offset);
}

function otherType(number: number, offset: number): Error {
  return damaged(`has a protobuf field ${number} of another type`, offset);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
