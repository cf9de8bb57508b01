import { LIMITS } from '../limits';
import { damaged, overLimit } from '../model-import.error';
import { type PyGlobal, PyObject, type PyValue } from '../pickle/py-value';
import { type Dtype, parseDtype } from './dtype';

/** An array as it stands in the file. Elements are decoded when somebody asks for them, not before. */
export class NdArray {
  constructor(
    readonly dtype: Dtype,
    readonly shape: readonly number[],
    /** Whether the first index varies fastest. */
    readonly fortran: boolean,
    /** The elements: bytes, or values where the dtype is `O`. */
    readonly data: Uint8Array | readonly PyValue[],
    readonly offset?: number,
  ) {}

  get size(): number {
    return this.shape.reduce((product, length) => product * length, 1);
  }
}

/** The lengths of an array's axes. */
export function parseShape(value: PyValue | undefined, offset?: number): number[] {
  const lengths = typeof value === 'number' ? [value] : value;
  if (!Array.isArray(lengths) || lengths.length > LIMITS.arrayDimensions) {
    throw damaged('has an array without a shape', offset);
  }
  let size = 1;
  const shape: number[] = [];
  for (const length of lengths) {
    if (!Number.isSafeInteger(length) || (length as number) < 0) {
      throw damaged('has an array with an impossible shape', offset);
    }
    shape.push(length as number);
    size *= length as number;
  }
  if (size > LIMITS.arrayElements) throw overLimit(`has an array of ${size} elements`, offset);
  return shape;
}

/**
 * The array or numpy scalar that a value stands for, or `undefined` for any other value:
 * `_reconstruct` with its state (numpy's `ndarray.__reduce__`), `_frombuffer` (PEP 574), `scalar`,
 * or an array that joblib or skops wrote beside the pickle.
 */
export function asNdArray(value: PyValue | undefined): NdArray | undefined {
  if (value instanceof NdArray) return value;
  if (!(value instanceof PyObject)) return undefined;
  if (isNumpy(value.type, '_reconstruct')) return reconstructed(value);
  if (isNumpy(value.type, '_frombuffer')) return fromBuffer(value);
  if (isNumpy(value.type, 'scalar')) return scalar(value);
  return undefined;
}

function isNumpy({ module, name }: PyGlobal, expected: string): boolean {
  return name === expected && /^numpy\._?core\./.test(module);
}

/** State: version, shape, dtype, whether in Fortran order, and the elements. */
function reconstructed({ state, offset }: PyObject): NdArray {
  if (!Array.isArray(state) || state.length < 5) throw damaged('has an array without data', offset);
  const [, shape, dtypeValue, fortran, data] = state;
  const dtype = parseDtype(dtypeValue, offset);
  return new NdArray(
    dtype,
    parseShape(shape, offset),
    fortran === true,
    elements(data, offset),
    offset,
  );
}

function fromBuffer({ args, offset }: PyObject): NdArray {
  const [data, dtypeValue, shape, order] = args;
  const dtype = parseDtype(dtypeValue, offset);
  return new NdArray(
    dtype,
    parseShape(shape, offset),
    order === 'F',
    elements(data, offset),
    offset,
  );
}

function scalar({ args, offset }: PyObject): NdArray {
  const [dtypeValue, data] = args;
  const dtype = parseDtype(dtypeValue, offset);
  if (dtype.kind === 'O') return new NdArray(dtype, [], false, [data ?? null], offset);
  return new NdArray(dtype, [], false, elements(data, offset), offset);
}

/** Protocol 2 has no bytes: they come as text through `_codecs.encode(text, 'latin1')`. */
function elements(value: PyValue | undefined, offset?: number): Uint8Array | readonly PyValue[] {
  if (value instanceof Uint8Array || Array.isArray(value)) return value;
  if (value instanceof PyObject) {
    const [text] = value.args;
    if (value.type.name === 'encode' && typeof text === 'string')
      return Buffer.from(text, 'latin1');
    if (value.type.name === 'bytearray') return elements(text, offset);
    // bytes() without arguments is how protocol 2 spells an empty string of bytes.
    if (value.type.name === 'bytes' && text === undefined) return new Uint8Array(0);
  }
  throw damaged('has an array whose data is not bytes', offset);
}
