import * as v from 'valibot';
import { highestScore } from './highest-score';
import { normalizeLogWeights } from './normalize-log-weights';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('softmax-symmetric') });

export type SoftmaxSymmetricSpec = v.InferOutput<typeof schema>;

/** Two classes, one score z: the softmax of (-z, z), scikit-learn's multinomial rule for two classes. */
export const softmaxSymmetric: ClassOutputKind<SoftmaxSymmetricSpec> = {
  type: 'softmax-symmetric',
  task: 'classification',
  scoreUnit: 'log-odds',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'only');
    return {
      hasProbabilities: true,
      classIndex: () => highestScore(scores),
      probabilities(unit, into) {
        into[0] = -scores[0]!;
        into[1] = scores[0]!;
        normalizeLogWeights(into, unit);
      },
    };
  },
  describe: () => 'softmax of (-z, z)',
};
