import { ByteReader, decodeUtf8 } from '../byte-reader';
import { LIMITS } from '../limits';
import { damaged, overLimit } from '../model-import.error';
import { safeInteger, varint } from './varint';

/** The payload of a field: varints as numbers or big integers, everything else as its bytes. */
interface Field {
  readonly wireType: number;
  readonly value: number | bigint | Uint8Array;
  readonly offset: number;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** How many fields the messages of one file may have together. */
class FieldBudget {
  private left: number = LIMITS.protobufFields;

  spend(offset: number): void {
    if (--this.left < 0)
      throw overLimit(`has more than ${LIMITS.protobufFields} protobuf fields`, offset);
  }
}

/**
 * A protobuf message, read field by field on demand (protobuf encoding, proto2 and proto3).
 * Repeated numbers may be packed or not.
 */
export class ProtobufMessage {
  private readonly fields = new Map<number, Field[]>();

  constructor(
    bytes: Uint8Array,
    /** Where the message starts in the file. */
    readonly offset = 0,
    private readonly budget = new FieldBudget(),
  ) {
    const reader = new ByteReader(bytes, 0, offset);
    while (reader.remaining > 0) {
      const key = Number(varint(reader));
      const wireType = key % 8;
      const at = offset + reader.offset;
      budget.spend(at);
      const field = { wireType, value: payload(reader, wireType, at), offset: at };
      const number = Math.floor(key / 8);
      const others = this.fields.get(number);
      if (others) others.push(field);
      else this.fields.set(number, [field]);
    }
  }

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
    return this.fields.has(number);
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
    for (const { value, wireType: found, offset } of this.fields.get(number) ?? []) {
      if (!(value instanceof Uint8Array) && wireType === VARINT) {
        numbers.push(safeInteger(value, offset));
      } else if (value instanceof Uint8Array && (found === wireType || found === BYTES)) {
        const reader = new ByteReader(value, 0, offset);
        while (reader.remaining > 0) numbers.push(read(reader));
      } else {
        throw damaged(`has a protobuf field ${number} of another type`, offset);
      }
    }
    return numbers;
  }

  private payloads(number: number): { value: Uint8Array; offset: number }[] {
    return (this.fields.get(number) ?? []).map(({ value, wireType, offset }) => {
      if (value instanceof Uint8Array && wireType === BYTES) return { value, offset };
      throw damaged(`has a protobuf field ${number} of another type`, offset);
    });
  }
}

function payload(reader: ByteReader, wireType: number, offset: number): Field['value'] {
  switch (wireType) {
    case VARINT:
      return varint(reader);
    case FIXED64:
      return reader.take(8);
    case BYTES:
      return reader.take(Number(varint(reader)));
    case FIXED32:
      return reader.take(4);
    default:
      throw damaged(`is not a protobuf message (wire type ${wireType})`, offset);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
