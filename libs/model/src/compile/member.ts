import * as v from 'valibot';
import type { ClassOutput } from './compiled-parts';
import type { Typed } from './typed';

/** A whole model inside another one: the outer model's row goes through its steps. */
export interface MemberSpec<
  Step extends Typed = Typed,
  Predictor extends Typed = Typed,
  Output extends Typed = Typed,
> {
  readonly pipeline: readonly Step[];
  readonly predictor: Predictor;
  readonly output: Output;
}

type AnySchema = v.GenericSchema<unknown, Typed>;

/** Schemas of the parts of a member, which only the tables know. */
export interface MemberSchemas {
  readonly step: AnySchema;
  readonly predictor: AnySchema;
  readonly output: AnySchema;
}

/** The entries of a member's schema. */
export function memberEntries({ step, predictor, output }: MemberSchemas) {
  return {
    pipeline: v.pipe(v.array(step), v.maxLength(64), v.readonly()),
    predictor,
    output,
  } as const;
}

/** Members of one model; an upper bound against hostile artifacts. */
export const MAX_MEMBERS = 10_000;

/** A member bound to the row of the outer model. */
interface Member {
  /** @throws UnscorableRowError where it has no finite answer */
  run(): void;
}

/** A classifier inside another model: after `run`, its output answers. */
export interface ClassMember extends Member {
  readonly output: ClassOutput;
  /** scikit-learn's `decision_function`: one number for two classes, otherwise one for each class. */
  readonly decisionCount: number;
  decision(index: number): number;
}

/** A regressor inside another model. */
export interface NumberMember extends Member {
  value(): number;
}
