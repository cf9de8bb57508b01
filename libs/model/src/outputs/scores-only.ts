import * as v from 'valibot';
import { highestScore } from './highest-score';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({ type: v.literal('scores-only') });

export type ScoresOnlySpec = v.InferOutput<typeof schema>;

/** The class with the highest score, for models that have no probabilities. */
export const scoresOnly: ClassOutputKind<ScoresOnlySpec> = {
  type: 'scores-only',
  task: 'classification',
  schema,
  compile(_, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'allowed');
    return {
      hasProbabilities: false,
      classIndex: () => highestScore(scores),
      probabilities: () => undefined,
    };
  },
  describe: () => 'highest score, no probabilities',
};
