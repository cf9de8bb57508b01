import type { Dtype } from './dtype';
import type { PyGlobal } from './py-global';

/** What a pickle wanted to be made of a global: its arguments and its state, inert. */
export class PyObject {
  /** The argument of BUILD (`__setstate__`); for scikit-learn a `Map` of attributes. */
  state: PyValue | undefined;
  /** What was appended or set on it: subclasses of `list` and `dict`. */
  readonly added: PyValue[] = [];

  constructor(
    readonly type: PyGlobal,
    readonly args: readonly PyValue[],
    readonly offset?: number,
    /** The record that was called, where the callable was itself the result of a call. */
    readonly callee?: PyObject,
  ) {}
}

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

/** A Python value as plain data. Tuples and lists are arrays, dictionaries `Map`s; cycles are possible. */
export type PyValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PyValue[]
  | Map<PyValue, PyValue>
  | Set<PyValue>
  | PyGlobal
  | PyObject
  | NdArray;
