import type { Predictor } from '../compile/compiled-parts';
import type { GenericSchema } from 'valibot';
import type { CompileContext } from '../compile/compile-context';
import type { Typed } from '../compile/typed';
import type { Vector } from '../vector';

/** A kind of model: what turns a row of numbers into scores. */
export interface PredictorKind<Spec extends Typed> {
  readonly type: Spec['type'];
  readonly schema: GenericSchema<unknown, Spec>;
  /**
   * Binds the predictor to its input and allocates its scores.
   * @throws ArtifactError under `path` where it does not fit the width of the input
   */
  compile(spec: Spec, input: Vector, path: string, context: CompileContext): Predictor;
  /** The predictor in a few words, for people. */
  describe(spec: Spec): string;
}
