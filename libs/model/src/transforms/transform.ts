import type { Vector } from '../vector';

/**
 * For steps that are affine (but for clipping): with `run(unit)` they take a row in multiples of `unit` and
 * give one in multiples of `unit`, so that rows which overflow can be scored in a tiny unit.
 */
export interface Scalable {
  /** Largest absolute value of the output for inputs up to `inputBound`, all as multiples of `unit`. */
  bound(inputBound: number, unit: number): number;
}

/** A transform bound to its input row. */
export interface Transform {
  readonly output: Vector;
  /** Reads the input, writes the output. `unit` is 1 unless the whole model is scalable. */
  run(unit: number): void;
  readonly scalable?: Scalable;
}
