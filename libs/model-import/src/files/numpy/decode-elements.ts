import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import type { NdArray, PyValue } from '../values/py-value';
import { arrayBytes, unsupportedDtype } from './array-bytes';
import { asNdArray } from './as-nd-array';
import { numberReader } from './element-reader';
import { toRowOrder } from './row-order';

/**
 * The elements in C order: numbers, big integers, booleans, text or objects, as the dtype says. Large arrays of
 * numbers are better read by `decodeNumbers`.
 */
export function decodeElements(array: NdArray): PyValue[] {
  const values = inFileOrder(array);
  return array.fortran && array.shape.length > 1 ? toRowOrder(values, array.shape) : values;
}

function inFileOrder(array: NdArray): PyValue[] {
  const { dtype, data, size, offset } = array;
  if (dtype.kind === 'O' && !(data instanceof Uint8Array)) {
    if (data.length === size) return data.map(plain);
    throw damaged(
      `has an array whose shape asks for ${size} elements, but holds ${data.length}`,
      offset,
    );
  }
  const view = arrayBytes(array);
  const read = elementReader(array);
  return Array.from({ length: size }, (_, i) => read(view, i * dtype.bytes));
}

function elementReader({ dtype, offset }: NdArray): (view: DataView, at: number) => PyValue {
  const { kind, bytes, littleEndian } = dtype;
  const number = numberReader(dtype);
  if (number && kind === 'b') return (view, at) => number(view, at) !== 0;
  if (number && bytes === 8 && kind !== 'f') {
    return (view, at) => {
      const value = number(view, at);
      if (Number.isSafeInteger(value)) return value;
      return kind === 'i'
        ? view.getBigInt64(at, littleEndian)
        : view.getBigUint64(at, littleEndian);
    };
  }
  if (number) return number;
  if (bytes > FILE_LIMITS.textBytes) throw unsupportedDtype(dtype, offset);
  if (kind === 'U') return (view, at) => utf32(view, at, bytes, littleEndian, offset);
  if (kind === 'S') return (view, at) => latin1(view, at, bytes);
  throw unsupportedDtype(dtype, offset);
}

/** Zeros pad the text; trailing ones are not part of it. */
function utf32(
  view: DataView,
  at: number,
  bytes: number,
  littleEndian: boolean,
  offset: number | undefined,
): string {
  let end = at + bytes;
  while (end > at && view.getUint32(end - 4, littleEndian) === 0) end -= 4;
  let text = '';
  for (let i = at; i < end; i += 4) {
    const codePoint = view.getUint32(i, littleEndian);
    if (codePoint > 0x10ffff) throw damaged('has text that is not UTF-32', offset);
    text += String.fromCodePoint(codePoint);
  }
  return text;
}

function latin1(view: DataView, at: number, bytes: number): string {
  let end = at + bytes;
  while (end > at && view.getUint8(end - 1) === 0) end--;
  return Buffer.from(view.buffer, view.byteOffset + at, end - at).toString('latin1');
}

/** A numpy scalar inside an object array becomes what it holds. */
function plain(value: PyValue): PyValue {
  const scalar = asNdArray(value);
  return scalar && scalar.shape.length === 0 && scalar.dtype.kind !== 'O'
    ? (inFileOrder(scalar)[0] ?? null)
    : value;
}
