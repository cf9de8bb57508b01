import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { memberEntries, type MemberSchemas, type MemberSpec } from '../compile/member';
import { calibrator, calibratorSchema, type CalibratorSpec } from './calibrator';
import { memberScores, type ScoreSource } from './member-scores';
import type { PredictorKind } from './predictor-kind';

export interface CalibrateSpec<Member extends MemberSpec = MemberSpec> {
  readonly type: 'calibrate';
  readonly member: Member;
  readonly from: ScoreSource;
  readonly classCount: number;
  /** One for two classes, otherwise one for each class. */
  readonly calibrators: readonly CalibratorSpec[];
}

/**
 * Probabilities of a classifier, corrected class by class and normalised; all zero becomes uniform, as in
 * scikit-learn's CalibratedClassifierCV.
 */
export function calibrateKind(schemas: MemberSchemas): PredictorKind<CalibrateSpec> {
  return {
    type: 'calibrate',
    schema: v.strictObject({
      type: v.literal('calibrate'),
      member: v.strictObject(memberEntries(schemas)),
      from: v.picklist(['decision', 'probabilities']),
      classCount: v.pipe(v.number(), v.integer(), v.minValue(2)),
      calibrators: v.pipe(v.array(calibratorSchema), v.readonly()),
    }),
    compile({ member: memberSpec, from, classCount, calibrators }, input, path, context) {
      const at = `${path}.member`;
      const member = memberScores(memberSpec, from, classCount, input, at, context);
      const { values } = member;
      if (calibrators.length !== values.length) {
        throw new ArtifactError(`${path}.calibrators`, `must have ${values.length} elements`);
      }
      const calibrate = calibrators.map((spec, k) => calibrator(spec, `${path}.calibrators[${k}]`));
      const scores = new Float64Array(classCount);
      return {
        scores,
        run() {
          member.run();
          if (classCount === 2) {
            scores[1] = calibrate[0]!(values[0]!);
            scores[0] = 1 - scores[1];
            return;
          }
          let sum = 0;
          for (let k = 0; k < classCount; k++) {
            scores[k] = calibrate[k]!(values[k]!);
            sum += scores[k]!;
          }
          for (let k = 0; k < classCount; k++) {
            scores[k] = sum === 0 ? 1 / classCount : scores[k]! / sum;
          }
        },
      };
    },
    describe: ({ calibrators }) => `calibrated, ${calibrators[0]?.type ?? 'not at all'}`,
  };
}
