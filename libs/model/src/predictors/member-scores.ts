import { ArtifactError } from '../artifact/artifact.error';
import type { CompileContext } from '../compile/compile-context';
import type { MemberSpec } from '../compile/member';
import type { Vector } from '../vector';

/** What an outer model takes from a member: as scikit-learn's `decision_function` or `predict_proba` gives it. */
export type ScoreSource = 'decision' | 'probabilities';

/** A classifier's scores as an outer model sees them: one for two classes, otherwise one for each class. */
export interface MemberScores {
  readonly values: Float64Array;
  /** @throws UnscorableRowError where the member has no finite answer */
  run(): void;
  /** Index of the predicted class of the last row. */
  classIndex(): number;
}

/** Binds a member; of the probabilities of two classes only the second counts. */
export function memberScores(
  spec: MemberSpec,
  source: ScoreSource,
  classCount: number,
  input: Vector,
  path: string,
  context: CompileContext,
): MemberScores {
  const member = context.classMember(spec, input, classCount, path);
  const { output } = member;
  const classIndex = (): number => output.classIndex(1);
  if (source === 'decision') {
    const values = new Float64Array(member.decisionCount);
    return {
      values,
      classIndex,
      run() {
        member.run();
        for (let k = 0; k < values.length; k++) values[k] = member.decision(k);
      },
    };
  }
  if (!output.hasProbabilities) throw new ArtifactError(`${path}.output`, 'has no probabilities');
  const all = new Float64Array(classCount);
  return {
    values: classCount === 2 ? all.subarray(1) : all,
    classIndex,
    run() {
      member.run();
      output.probabilities(1, all);
    },
  };
}
