import type { ByteReader } from '../bytes/byte-reader';
import type { JsonArray } from '../json/json-value';

type Fill = (view: DataView, count: number) => JsonArray;

/** Types of UBJSON arrays by marker: bytes an element, and how `count` of them are read. */
const TYPES: ReadonlyMap<string, readonly [bytes: number, fill: Fill]> = new Map<
  string,
  readonly [number, Fill]
>([
  ['U', [1, (view, n) => fill(new Uint8Array(n), (i) => view.getUint8(i))]],
  ['i', [1, (view, n) => fill(new Int32Array(n), (i) => view.getInt8(i))]],
  ['I', [2, (view, n) => fill(new Int32Array(n), (i) => view.getInt16(2 * i, false))]],
  ['l', [4, (view, n) => fill(new Int32Array(n), (i) => view.getInt32(4 * i, false))]],
  ['L', [8, (view, n) => fill(new Float64Array(n), (i) => Number(view.getBigInt64(8 * i, false)))]],
  ['d', [4, (view, n) => fill(new Float32Array(n), (i) => view.getFloat32(4 * i, false))]],
  ['D', [8, (view, n) => fill(new Float64Array(n), (i) => view.getFloat64(8 * i, false))]],
]);

/** The next `count` numbers of one UBJSON type, or `undefined` where its elements are not numbers. */
export function typedArray(reader: ByteReader, type: string, count: number): JsonArray | undefined {
  const known = TYPES.get(type);
  if (!known) return undefined;
  const [bytes, read] = known;
  const data = reader.take(count * bytes);
  return read(new DataView(data.buffer, data.byteOffset, data.byteLength), count);
}

function fill<T extends Uint8Array | Int32Array | Float32Array | Float64Array>(
  array: T,
  read: (index: number) => number,
): T {
  for (let i = 0; i < array.length; i++) array[i] = read(i);
  return array;
}
