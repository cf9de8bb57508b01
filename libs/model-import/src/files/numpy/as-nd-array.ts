import { damaged } from '../bytes/damaged';
import type { PyGlobal } from '../values/py-global';
import { NdArray, PyObject, type PyValue } from '../values/py-value';
import { bytesOf } from './bytes-of';
import { parseDtype } from './dtype';
import { parseShape } from './shape';

/**
 * The array or numpy scalar that a value stands for, or `undefined` for any other value:
 * `_reconstruct` with its state (numpy's `ndarray.__reduce__`), dill's `_create_array`, `_frombuffer` (PEP 574),
 * `scalar`, or an array that joblib or skops wrote beside the pickle.
 */
export function asNdArray(value: PyValue | undefined): NdArray | undefined {
  if (value instanceof NdArray) return value;
  if (!(value instanceof PyObject)) return undefined;
  const { type, state, args, offset } = value;
  if (isNumpy(type, '_reconstruct')) return reconstructed(state, offset);
  if (isNumpy(type, '_frombuffer')) return fromBuffer(value);
  if (isNumpy(type, 'scalar')) return scalar(value);
  if (type.qualifiedName === 'dill._dill._create_array') return reconstructed(args[2], offset);
  return undefined;
}

function isNumpy({ module, name }: PyGlobal, expected: string): boolean {
  return name === expected && /^numpy\._?core\./.test(module);
}

/** State: version, shape, dtype, whether in Fortran order, and the elements. */
function reconstructed(state: PyValue | undefined, offset: number | undefined): NdArray {
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

function elements(value: PyValue | undefined, offset?: number): Uint8Array | readonly PyValue[] {
  if (Array.isArray(value)) return value;
  const bytes = bytesOf(value);
  if (bytes) return bytes;
  throw damaged('has an array whose data is not bytes', offset);
}
