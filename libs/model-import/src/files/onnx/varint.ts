import type { ByteReader } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';

/** Seven bits a byte, the lowest first; a big integer where 28 bits are not enough. */
export function varint(reader: ByteReader): number | bigint {
  let low = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = reader.uint8();
    low |= (byte & 0x7f) << shift;
    if (byte < 0x80) return low;
  }
  let value = BigInt(low);
  for (let shift = 28n; shift < 70n; shift += 7n) {
    const byte = reader.uint8();
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw damaged('is not a protobuf message (a varint without end)');
}

/** The signed integer of a varint. */
export function safeInteger(value: number | bigint, offset?: number): number {
  const signed = typeof value === 'number' ? value : Number(BigInt.asIntN(64, value));
  if (Number.isSafeInteger(signed)) return signed;
  throw damaged(`has the integer ${value}`, offset);
}
