import * as v from 'valibot';
import { memberEntries, MAX_MEMBERS, type MemberSchemas, type MemberSpec } from '../compile/member';
import type { CompileContext } from '../compile/compile-context';
import type { Typed } from '../compile/typed';
import { denseVector, type Vector } from '../vector';
import { memberScores, type ScoreSource } from './member-scores';
import type { PredictorKind } from './predictor-kind';

/** What the final model sees of a member. */
type Take = ScoreSource | 'class' | 'value';

export interface StackSpec<
  Member extends MemberSpec = MemberSpec,
  Step extends Typed = Typed,
  Predictor extends Typed = Typed,
> {
  readonly type: 'stack';
  readonly members: readonly (Member & { readonly take: Take })[];
  /** 0 for regression. */
  readonly classCount: number;
  /** Whether the row itself follows the answers of the members. */
  readonly passthrough: boolean;
  readonly final: { readonly pipeline: readonly Step[]; readonly predictor: Predictor };
}

/** A member's part of the final model's row. */
interface Part {
  readonly values: Float64Array;
  run(): void;
}

/** Several models side by side, whose answers are the row of a final model, as scikit-learn stacks them. */
export function stackKind(schemas: MemberSchemas): PredictorKind<StackSpec> {
  const { pipeline, predictor } = memberEntries(schemas);
  const take = v.picklist(['decision', 'probabilities', 'class', 'value']);
  return {
    type: 'stack',
    schema: v.strictObject({
      type: v.literal('stack'),
      members: v.pipe(
        v.array(v.strictObject({ ...memberEntries(schemas), take })),
        v.minLength(1),
        v.maxLength(MAX_MEMBERS),
        v.readonly(),
      ),
      classCount: v.pipe(v.number(), v.integer(), v.minValue(0)),
      passthrough: v.boolean(),
      final: v.strictObject({ pipeline, predictor }),
    }),
    compile(spec, input, path, context) {
      const parts = spec.members.map((member, i) =>
        part(member, member.take, spec.classCount, input, `${path}.members[${i}]`, context),
      );
      const answers = parts.reduce((sum, { values }) => sum + values.length, 0);
      const row = denseVector(answers + (spec.passthrough ? input.values.length : 0));
      const at = `${path}.final`;
      const steps = context.pipeline(spec.final.pipeline, row, `${at}.pipeline`);
      const final = context.predictor(spec.final.predictor, steps.output, `${at}.predictor`);
      return {
        scores: final.scores,
        run() {
          let offset = 0;
          for (const { values, run } of parts) {
            run();
            row.values.set(values, offset);
            offset += values.length;
          }
          if (spec.passthrough) row.values.set(input.values, offset);
          steps.run(1);
          final.run(1);
        },
      };
    },
    describe: ({ members }) => `stack of ${members.length} models`,
  };
}

function part(
  member: MemberSpec,
  take: Take,
  classCount: number,
  input: Vector,
  path: string,
  context: CompileContext,
): Part {
  if (take === 'value') {
    const regressor = context.numberMember(member, input, path);
    const values = new Float64Array(1);
    return {
      values,
      run() {
        regressor.run();
        values[0] = regressor.value();
      },
    };
  }
  if (take !== 'class') return memberScores(member, take, classCount, input, path, context);
  const classifier = context.classMember(member, input, classCount, path);
  const values = new Float64Array(1);
  return {
    values,
    run() {
      classifier.run();
      values[0] = classifier.output.classIndex(1);
    },
  };
}
