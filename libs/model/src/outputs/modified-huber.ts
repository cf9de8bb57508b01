import * as v from 'valibot';
import { highestScore } from './highest-score';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('modified-huber') });

export type ModifiedHuberSpec = v.InferOutput<typeof schema>;

/**
 * (clip(z, -1, 1) + 1)/2, normalised; all zero becomes uniform. Zadrozny and Elkan (2002), as scikit-learn's
 * SGDClassifier applies it.
 */
export const modifiedHuber: ClassOutputKind<ModifiedHuberSpec> = {
  type: 'modified-huber',
  task: 'classification',
  scoreUnit: 'decision score',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'allowed');
    return {
      hasProbabilities: true,
      classIndex: () => highestScore(scores),
      probabilities(unit, into) {
        const share = (score: number) => (Math.min(Math.max(score / unit, -1), 1) + 1) / 2;
        if (scores.length === 1) {
          into[1] = share(scores[0]!);
          into[0] = 1 - into[1];
          return;
        }
        let sum = 0;
        for (let k = 0; k < into.length; k++) {
          into[k] = share(scores[k]!);
          sum += into[k]!;
        }
        for (let k = 0; k < into.length; k++) into[k] = sum > 0 ? into[k]! / sum : 1 / into.length;
      },
    };
  },
  describe: () => 'modified Huber',
};
