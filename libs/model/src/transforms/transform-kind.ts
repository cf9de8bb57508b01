import type { Transform } from '../compile/compiled-parts';
import type { GenericSchema } from 'valibot';
import type { CompileContext } from '../compile/compile-context';
import type { Typed } from '../compile/typed';
import type { Vector } from '../vector';

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
