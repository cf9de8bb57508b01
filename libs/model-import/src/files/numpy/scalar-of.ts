import type { PyValue } from '../values/py-value';
import { asNdArray } from './as-nd-array';
import { decodeElements } from './decode-elements';

/** The number, text or boolean that a value is, whether plain or wrapped as a numpy scalar; else the value. */
export function scalarOf(value: PyValue): PyValue {
  const array = asNdArray(value);
  return array?.size === 1 ? (decodeElements(array)[0] ?? null) : value;
}

/** The number that a value is, whether plain or a numpy scalar (also one-element arrays); else `undefined`. */
export function numberOf(value: PyValue): number | undefined {
  const scalar = scalarOf(value);
  return typeof scalar === 'number' ? scalar : undefined;
}
