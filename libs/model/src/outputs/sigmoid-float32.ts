import * as v from 'valibot';
import { float32Sigmoid } from './float32-sigmoid';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('sigmoid-float32') });

export type SigmoidFloat32Spec = v.InferOutput<typeof schema>;

/** Two classes, one score: the sigmoid in single precision; the second class where p > 1/2, as XGBoost decides. */
export const sigmoidFloat32: ClassOutputKind<SigmoidFloat32Spec> = {
  type: 'sigmoid-float32',
  task: 'classification',
  scoreUnit: 'log-odds',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'only');
    return {
      hasProbabilities: true,
      classIndex: () => Number(float32Sigmoid(scores[0]!) > 0.5),
      probabilities(_unit, into) {
        into[1] = float32Sigmoid(scores[0]!);
        into[0] = Math.fround(1 - into[1]);
      },
    };
  },
  describe: () => 'sigmoid in single precision',
};
