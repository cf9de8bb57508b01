import { damaged } from '../model-import.error';
import { PyObject, type PyValue } from '../pickle/py-value';

/** The type of an array's elements: numpy's kind letter, the size of one element, and the byte order. */
export interface Dtype {
  /** `f` float, `i` integer, `u` unsigned, `b` bool, `U` text, `S` bytes, `O` object, `V` record, … */
  readonly kind: string;
  readonly bytes: number;
  readonly littleEndian: boolean;
}

const DTYPE = /^([<>=|]?)([?a-zA-Z])(\d{0,9})$/;

/** The dtype that a string such as `<f8`, `|b1` or `>U10` stands for (numpy's array-protocol strings). */
export function parseDtypeString(text: string, offset?: number): Dtype {
  const match = DTYPE.exec(text);
  if (!match) throw damaged(`has the dtype "${text.slice(0, 40)}"`, offset);
  const [, order, letter = '', digits] = match;
  const kind = letter === '?' ? 'b' : letter;
  const size = digits === '' ? 1 : Number(digits);
  const bytes = kind === 'U' ? 4 * size : kind === 'O' ? 8 : size;
  return { kind, bytes, littleEndian: order !== '>' };
}

/** The dtype of a pickled `numpy.dtype('f8', False, True)`, whose state holds the byte order. */
export function parseDtype(value: PyValue | undefined, offset?: number): Dtype {
  if (!(value instanceof PyObject) || value.type.qualifiedName !== 'numpy.dtype') {
    throw damaged('has an array without a dtype', offset);
  }
  const [text] = value.args;
  if (typeof text !== 'string') throw damaged('has a dtype without a name', value.offset);
  const dtype = parseDtypeString(text, value.offset);
  const order = Array.isArray(value.state) ? value.state[1] : '<';
  return { ...dtype, littleEndian: order !== '>' };
}
