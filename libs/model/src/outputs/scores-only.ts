import * as v from 'valibot';
import { highestScore } from './highest-score';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({
  type: v.literal('scores-only'),
  /** A single score above this means the second class; 0 where it is absent. */
  threshold: v.optional(v.pipe(v.number(), v.finite())),
});

export type ScoresOnlySpec = v.InferOutput<typeof schema>;

/** The class with the highest score, for models that have no probabilities. */
export const scoresOnly: ClassOutputKind<ScoresOnlySpec> = {
  type: 'scores-only',
  task: 'classification',
  scoreUnit: 'decision score',
  schema,
  compile({ threshold = 0 }, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'allowed');
    const isSingle = scores.length === 1;
    return {
      hasProbabilities: false,
      classIndex: (unit) =>
        isSingle ? Number(scores[0]! > threshold * unit) : highestScore(scores),
      probabilities: () => undefined,
    };
  },
  describe: () => 'highest score, no probabilities',
};
