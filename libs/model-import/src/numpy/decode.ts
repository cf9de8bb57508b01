import { LIMITS } from '../limits';
import { damaged, ModelImportError, overLimit } from '../model-import.error';
import type { PyValue } from '../pickle/py-value';
import { asNdArray, NdArray } from './nd-array';

type Reader = (view: DataView, at: number, littleEndian: boolean) => number | bigint;

const READERS: Readonly<Record<string, Reader>> = {
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => view.getBigInt64(at, little),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => view.getBigUint64(at, little),
  b1: (view, at) => view.getUint8(at),
};

/** The elements in C order: numbers, big integers, booleans or text, as the dtype says. */
export function decodeElements(array: NdArray): PyValue[] {
  if (array.size > LIMITS.decodedElements) {
    throw overLimit(`has an array of ${array.size} elements`, array.offset);
  }
  const values = inFileOrder(array);
  return array.fortran && array.shape.length > 1 ? toRowOrder(values, array.shape) : values;
}

function inFileOrder({ dtype, data, size, offset }: ArrayParts): PyValue[] {
  if (!(data instanceof Uint8Array)) {
    if (dtype.kind !== 'O') throw damaged(`has a list where ${dtype.kind} elements belong`, offset);
    if (data.length !== size) throw shapeDisagrees(size, data.length, offset);
    return data.map(plain);
  }
  if (data.length !== size * dtype.bytes) {
    throw shapeDisagrees(size * dtype.bytes, data.length, offset, 'bytes');
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const read = elementReader(dtype, offset);
  return Array.from({ length: size }, (_, i) => read(view, i * dtype.bytes));
}

type ArrayParts = Pick<NdArray, 'dtype' | 'data' | 'size' | 'offset'>;

function elementReader(
  { kind, bytes, littleEndian }: NdArray['dtype'],
  offset: number | undefined,
): (view: DataView, at: number) => PyValue {
  const read = READERS[`${kind}${bytes}`];
  if (read) {
    if (kind === 'b') return (view, at) => read(view, at, true) !== 0;
    return (view, at) => {
      const value = read(view, at, littleEndian);
      return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    };
  }
  if (kind === 'U' && bytes <= 4 * LIMITS.textLength) {
    // Zeros pad the text; trailing ones are not part of it.
    return (view, at) => {
      let end = at + bytes;
      while (end > at && view.getUint32(end - 4, littleEndian) === 0) end -= 4;
      let text = '';
      for (let i = at; i < end; i += 4) text += character(view.getUint32(i, littleEndian), offset);
      return text;
    };
  }
  throw new ModelImportError(
    `has an array of dtype ${kind}${bytes}, which no linear model needs`,
    'Arrays of f4, f8, i1 to i8, u1 to u8, bool, text and objects are read.',
    { offset },
  );
}

function character(codePoint: number, offset: number | undefined): string {
  if (codePoint > 0x10ffff) throw damaged('has text that is not UTF-32', offset);
  return String.fromCodePoint(codePoint);
}

/** A numpy scalar inside an object array becomes what it holds. */
function plain(value: PyValue): PyValue {
  const scalar = asNdArray(value);
  return scalar && scalar.shape.length === 0 && scalar.dtype.kind !== 'O'
    ? (inFileOrder(scalar)[0] ?? null)
    : value;
}

/** Fortran order to C order; for a matrix that is the transpose. */
function toRowOrder(values: readonly PyValue[], shape: readonly number[]): PyValue[] {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2) return [...values];
  return Array.from(values, (_, i) => values[(i % columns) * rows + Math.floor(i / columns)]!);
}

function shapeDisagrees(
  expected: number,
  found: number,
  offset: number | undefined,
  unit = 'elements',
): Error {
  return damaged(
    `has an array whose shape asks for ${expected} ${unit}, but holds ${found}`,
    offset,
  );
}
