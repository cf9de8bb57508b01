import type { Datatype } from './datatypes';
import type { Element } from './element';

/** A tensor of a request: `shape` with its values in row-major order. */
export interface InputTensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly data: ArrayLike<Element>;
}
