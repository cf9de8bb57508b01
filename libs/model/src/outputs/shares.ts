import * as v from 'valibot';
import { highestScore } from './highest-score';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('shares') });

export type SharesSpec = v.InferOutput<typeof schema>;

/** The scores are probabilities already, one for each class. */
export const shares: ClassOutputKind<SharesSpec> = {
  type: 'shares',
  task: 'classification',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'never');
    return {
      hasProbabilities: true,
      classIndex: () => highestScore(scores),
      probabilities: (_, into) => into.set(scores),
    };
  },
  describe: () => 'the scores are probabilities',
};
