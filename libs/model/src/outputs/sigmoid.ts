import * as v from 'valibot';
import { highestScore } from './highest-score';
import { normalizeLogWeights } from './normalize-log-weights';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('sigmoid') });

export type SigmoidSpec = v.InferOutput<typeof schema>;

/** Two classes, one score z: the probability of the second is 1/(1+exp(-z)), the softmax of (0, z). */
export const sigmoid: ClassOutputKind<SigmoidSpec> = {
  type: 'sigmoid',
  task: 'classification',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'only');
    return {
      hasProbabilities: true,
      classIndex: () => highestScore(scores),
      probabilities(unit, into) {
        into[0] = 0;
        into[1] = scores[0]!;
        normalizeLogWeights(into, unit);
      },
    };
  },
  describe: () => 'sigmoid',
};
