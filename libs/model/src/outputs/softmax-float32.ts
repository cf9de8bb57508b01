import * as v from 'valibot';
import { highestScore } from './highest-score';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('softmax-float32') });

export type SoftmaxFloat32Spec = v.InferOutput<typeof schema>;

/**
 * exp(z), normalised, in single precision but for the sum, as XGBoost computes it (src/common/math.h); the class
 * is the first with the highest probability.
 */
export const softmaxFloat32: ClassOutputKind<SoftmaxFloat32Spec> = {
  type: 'softmax-float32',
  task: 'classification',
  scoreUnit: 'log-odds',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'never');
    const shares = new Float64Array(classCount);
    const normalize = (into: Float64Array) => {
      const largest = scores[highestScore(scores)]!;
      let sum = 0;
      for (let k = 0; k < into.length; k++) {
        into[k] = Math.fround(Math.exp(Math.fround(scores[k]! - largest)));
        sum += into[k]!;
      }
      const divisor = Math.fround(sum);
      for (let k = 0; k < into.length; k++) into[k] = Math.fround(into[k]! / divisor);
    };
    return {
      hasProbabilities: true,
      classIndex() {
        normalize(shares);
        return highestScore(shares);
      },
      probabilities: (_unit, into) => normalize(into),
    };
  },
  describe: () => 'softmax in single precision',
};
