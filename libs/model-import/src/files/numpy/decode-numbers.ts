import { damaged } from '../bytes/damaged';
import type { NdArray } from '../values/py-value';
import { arrayBytes, unsupportedDtype } from './array-bytes';
import { numberReader } from './element-reader';
import { toRowOrder } from './row-order';

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * The elements of a numeric array in C order, booleans as 0 and 1; 64-bit integers beyond 2^53 are rounded.
 * @throws ModelImportError for an array of text, objects or records
 */
export function decodeNumbers(array: NdArray): Float64Array {
  const view = arrayBytes(array);
  const { dtype, size, shape, fortran } = array;
  const values = new Float64Array(size);
  if (dtype.kind === 'f' && dtype.bytes === 8 && dtype.littleEndian && LITTLE_ENDIAN) {
    new Uint8Array(values.buffer).set(
      new Uint8Array(view.buffer, view.byteOffset, view.byteLength),
    );
  } else {
    const read = numberReader(dtype);
    if (!read) throw unsupportedDtype(dtype, array.offset);
    for (let i = 0; i < size; i++) values[i] = read(view, i * dtype.bytes);
  }
  return fortran && shape.length > 1 ? toRowOrder(values, shape) : values;
}

/** One member of every record of a structured array: `left_child` of a tree's nodes. */
export function decodeField(array: NdArray, name: string): Float64Array {
  const { dtype, size, offset } = array;
  const field = dtype.fields?.get(name);
  if (!field) throw damaged(`has records without a member "${name}"`, offset);
  const view = arrayBytes(array);
  const read = numberReader(field.dtype);
  if (!read) throw unsupportedDtype(field.dtype, offset);
  const values = new Float64Array(size);
  for (let i = 0, at = field.offset; i < size; i++, at += dtype.bytes) values[i] = read(view, at);
  return values;
}

/** Whether the records of a structured array have a member of this name. */
export function hasField({ dtype }: NdArray, name: string): boolean {
  return dtype.fields?.has(name) ?? false;
}
