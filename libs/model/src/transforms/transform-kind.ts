import type { GenericSchema } from 'valibot';
import type { CompileContext, Typed } from '../compile/compile-context';
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

/** A kind of preprocessing step. */
export interface TransformKind<Spec extends Typed> {
  readonly type: Spec['type'];
  readonly schema: GenericSchema<unknown, Spec>;
  /**
   * Binds a step to its input and allocates its output.
   * @throws ArtifactError under `path` where it does not fit the width of the input
   */
  compile(spec: Spec, input: Vector, path: string, context: CompileContext): Transform;
  /** The step in a few words, for people. */
  describe(spec: Spec): string;
}
