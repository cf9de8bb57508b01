import { endianness } from 'node:os';

const isBigEndian = endianness() === 'BE';

/** A copy of little-endian numbers of `size` bytes in the order of this machine, aligned for any typed array. */
export function littleEndian(bytes: Buffer, size: number): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  const target = Buffer.from(copy);
  target.set(bytes);
  if (isBigEndian) swap(target, size);
  return copy;
}

/** The bytes of numbers of this machine, little end first. */
export function littleEndianBytes(numbers: Float64Array | BigInt64Array): Buffer {
  const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  if (!isBigEndian) return bytes;
  const copy = Buffer.from(bytes);
  swap(copy, 8);
  return copy;
}

function swap(bytes: Buffer, size: number): void {
  if (size === 2) bytes.swap16();
  else if (size === 4) bytes.swap32();
  else if (size === 8) bytes.swap64();
}
