import * as v from 'valibot';
import { highestScore } from './highest-score';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('shares') });

export type SharesSpec = v.InferOutput<typeof schema>;

/** Scores that are probabilities already, one for each class, as those of forests. */
export const shares: ClassOutputKind<SharesSpec> = {
  type: 'shares',
  task: 'classification',
  scoreUnit: 'probability',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'never');
    return {
      hasProbabilities: true,
      classIndex: () => highestScore(scores),
      probabilities: (_unit, into) => into.set(scores),
    };
  },
  describe: () => 'the scores are the probabilities',
};
