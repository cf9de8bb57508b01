import * as v from 'valibot';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('one-vs-rest') });

export type OneVsRestOutputSpec = v.InferOutput<typeof schema>;

/**
 * Probabilities of one class against the rest each, normalised; all zero stays zero. The class is the last
 * of the highest ones, as scikit-learn's OneVsRestClassifier chooses it; a single one is that of the second class.
 */
export const oneVsRest: ClassOutputKind<OneVsRestOutputSpec> = {
  type: 'one-vs-rest',
  task: 'classification',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'allowed');
    const isSingle = scores.length === 1;
    return {
      hasProbabilities: true,
      classIndex() {
        if (isSingle) return scores[0]! > 0.5 ? 1 : 0;
        return scores.lastIndexOf(Math.max(...scores));
      },
      probabilities(_, into) {
        if (isSingle) {
          into[1] = scores[0]!;
          into[0] = 1 - into[1];
          return;
        }
        const sum = scores.reduce((total, score) => total + score, 0);
        for (let k = 0; k < into.length; k++) into[k] = sum === 0 ? 0 : scores[k]! / sum;
      },
    };
  },
  describe: () => 'probabilities of each class against the rest, normalised',
};
