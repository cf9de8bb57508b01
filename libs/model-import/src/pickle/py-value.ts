import type { NdArray } from '../numpy/nd-array';

/** The name of a Python class or function. It is never resolved to anything. */
export class PyGlobal {
  constructor(
    readonly module: string,
    readonly name: string,
    /** Where the file names it; absent where the file is not one stream of bytes. */
    readonly offset?: number,
  ) {}

  get qualifiedName(): string {
    return `${this.module}.${this.name}`;
  }
}

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
  ) {}
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
