/** A tensor as JSON: `data` is flat. */
export interface JsonTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly unknown[];
}

/** A tensor as metadata describes it. */
export interface TensorDescription {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

/** Bytes of an element; BYTES has none. */
const ELEMENT_BYTES: ReadonlyMap<string, number> = new Map([
  ['BOOL', 1],
  ['UINT8', 1],
  ['UINT16', 2],
  ['UINT32', 4],
  ['UINT64', 8],
  ['INT8', 1],
  ['INT16', 2],
  ['INT32', 4],
  ['INT64', 8],
  ['FP16', 2],
  ['BF16', 2],
  ['FP32', 4],
  ['FP64', 8],
]);

export const DATATYPES: ReadonlySet<string> = new Set([...ELEMENT_BYTES.keys(), 'BYTES']);

/** How many elements a shape has. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

/** `data` of a tensor in lists within lists, as its shape is. */
export function nested({ shape, data }: JsonTensor): unknown {
  return shape.slice(1).reduceRight<readonly unknown[]>((list, size) => chunks(list, size), data);
}

function chunks(list: readonly unknown[], size: number): readonly unknown[] {
  const count = size === 0 ? 0 : list.length / size;
  return Array.from({ length: count }, (_, i) => list.slice(i * size, (i + 1) * size));
}

/** The elements as the binary data extension has them; `undefined` for types that are not written here. */
export function binaryOf({ datatype, data }: JsonTensor): Buffer | undefined {
  if (datatype === 'BYTES') {
    return Buffer.concat(
      data.map((element) => {
        const text = Buffer.from(String(element), 'utf8');
        const length = Buffer.alloc(4);
        length.writeUInt32LE(text.length);
        return Buffer.concat([length, text]);
      }),
    );
  }
  const write = WRITERS.get(datatype);
  const size = ELEMENT_BYTES.get(datatype);
  if (!write || size === undefined) return undefined;
  const bytes = Buffer.alloc(data.length * size);
  for (const [i, element] of data.entries()) write(bytes, Number(element), i * size);
  return bytes;
}

const WRITERS = new Map<string, (bytes: Buffer, value: number, at: number) => void>([
  ['BOOL', (bytes, value, at) => bytes.writeUInt8(value, at)],
  ['UINT8', (bytes, value, at) => bytes.writeUInt8(value, at)],
  ['UINT16', (bytes, value, at) => bytes.writeUInt16LE(value, at)],
  ['UINT32', (bytes, value, at) => bytes.writeUInt32LE(value, at)],
  ['UINT64', (bytes, value, at) => bytes.writeBigUInt64LE(BigInt(value), at)],
  ['INT8', (bytes, value, at) => bytes.writeInt8(value, at)],
  ['INT16', (bytes, value, at) => bytes.writeInt16LE(value, at)],
  ['INT32', (bytes, value, at) => bytes.writeInt32LE(value, at)],
  ['INT64', (bytes, value, at) => bytes.writeBigInt64LE(BigInt(value), at)],
  ['FP32', (bytes, value, at) => bytes.writeFloatLE(value, at)],
  ['FP64', (bytes, value, at) => bytes.writeDoubleLE(value, at)],
]);

/** The elements in binary data; numbers and booleans as numbers, BYTES as text. */
export function elementsOf(datatype: string, bytes: Buffer): readonly unknown[] | undefined {
  if (datatype === 'BYTES') return textsOf(bytes);
  const size = ELEMENT_BYTES.get(datatype);
  const read = READERS.get(datatype);
  if (size === undefined || !read || bytes.length % size !== 0) return undefined;
  return Array.from({ length: bytes.length / size }, (_, i) => read(bytes, i * size));
}

const READERS = new Map<string, (bytes: Buffer, at: number) => number>([
  ['BOOL', (bytes, at) => bytes.readUInt8(at)],
  ['UINT8', (bytes, at) => bytes.readUInt8(at)],
  ['UINT16', (bytes, at) => bytes.readUInt16LE(at)],
  ['UINT32', (bytes, at) => bytes.readUInt32LE(at)],
  ['UINT64', (bytes, at) => Number(bytes.readBigUInt64LE(at))],
  ['INT8', (bytes, at) => bytes.readInt8(at)],
  ['INT16', (bytes, at) => bytes.readInt16LE(at)],
  ['INT32', (bytes, at) => bytes.readInt32LE(at)],
  ['INT64', (bytes, at) => Number(bytes.readBigInt64LE(at))],
  ['FP32', (bytes, at) => bytes.readFloatLE(at)],
  ['FP64', (bytes, at) => bytes.readDoubleLE(at)],
]);

function textsOf(bytes: Buffer): readonly string[] | undefined {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) return undefined;
    texts.push(bytes.toString('utf8', at + 4, end));
    at = end;
  }
  return texts;
}
