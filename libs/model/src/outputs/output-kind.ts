import type { ClassOutput, NumberOutput } from '../compile/compiled-parts';
import type { GenericSchema } from 'valibot';
import type { Typed } from '../compile/typed';

interface OutputKindOf<Spec extends Typed, Task extends string, Output> {
  readonly type: Spec['type'];
  readonly task: Task;
  /** What the scores are, where each stands for one class, or for the value. */
  readonly scoreUnit?: string;
  readonly schema: GenericSchema<unknown, Spec>;
  /**
   * Binds the output to the scores of a predictor; `classCount` is 0 for regression.
   * @throws ArtifactError under `path` where the number of scores does not fit
   */
  compile(spec: Spec, scores: Float64Array, classCount: number, path: string): Output;
  describe(spec: Spec): string;
}

/** How scores become a class and probabilities. */
export type ClassOutputKind<Spec extends Typed> = OutputKindOf<Spec, 'classification', ClassOutput>;
/** How scores become a number. */
export type NumberOutputKind<Spec extends Typed> = OutputKindOf<Spec, 'regression', NumberOutput>;
