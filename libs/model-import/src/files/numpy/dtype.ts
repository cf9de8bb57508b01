import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import { printable } from '../bytes/printable';
import type { Dtype, DtypeField } from '../values/dtype';
import { PyObject, type PyValue } from '../values/py-value';

const DTYPE = /^([<>=|]?)([?a-zA-Z])(\d{0,9})$/;
/** Structured dtypes of models are flat; this only ends a chain without end. */
const MAX_DEPTH = 4;

/** The dtype that a string such as `<f8`, `|b1` or `>U10` stands for (numpy's array-protocol strings). */
export function parseDtypeString(text: string, offset?: number): Dtype {
  const match = DTYPE.exec(text);
  if (!match) throw damaged(`has the dtype "${printable(text, 40)}"`, offset);
  const [, order, letter = '', digits] = match;
  const kind = letter === '?' ? 'b' : letter;
  const size = digits === '' ? 1 : Number(digits);
  const bytes = kind === 'U' ? 4 * size : kind === 'O' ? 8 : size;
  return { kind, bytes, littleEndian: order !== '>' };
}

/**
 * The dtype of a pickled `numpy.dtype('f8', False, True)`. Its state is (version, byte order, subarray, names,
 * fields, itemsize, alignment, flags); names and fields are those of a structured dtype.
 */
export function parseDtype(value: PyValue | undefined, offset?: number, depth = 0): Dtype {
  if (!(value instanceof PyObject) || value.type.qualifiedName !== 'numpy.dtype') {
    throw damaged('has an array without a dtype', offset);
  }
  const [text] = value.args;
  if (typeof text !== 'string') throw damaged('has a dtype without a name', value.offset);
  const dtype = parseDtypeString(text, value.offset);
  const state = Array.isArray(value.state) ? value.state : [];
  const [, order = '<', , names, fields] = state;
  const littleEndian = order !== '>';
  if (!Array.isArray(names) || !(fields instanceof Map)) return { ...dtype, littleEndian };
  if (depth >= MAX_DEPTH) throw damaged('has a dtype that is nested too deep', value.offset);
  if (names.length > FILE_LIMITS.recordFields) {
    throw overLimit(`has a record of ${names.length} members`, value.offset);
  }
  const members = names.map((name): [string, DtypeField] => {
    const field = fields.get(name);
    const [type, at] = Array.isArray(field) ? field : [];
    if (typeof name !== 'string') throw damaged('has a record without names', value.offset);
    return [name, { dtype: parseDtype(type, value.offset, depth + 1), offset: Number(at) }];
  });
  return recordDtype(dtype.bytes, members, value.offset);
}

/** A structured dtype of `bytes` a record; every member must lie inside it. */
export function recordDtype(
  bytes: number,
  members: readonly (readonly [string, DtypeField])[],
  offset?: number,
): Dtype {
  for (const [name, { dtype, offset: start }] of members) {
    if (!Number.isSafeInteger(start) || start < 0 || start + dtype.bytes > bytes) {
      throw damaged(`has a record whose member "${printable(name, 40)}" lies outside it`, offset);
    }
  }
  return { kind: 'V', bytes, littleEndian: true, fields: new Map(members) };
}
