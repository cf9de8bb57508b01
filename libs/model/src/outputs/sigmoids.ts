import * as v from 'valibot';
import { highestScore } from './highest-score';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({
  type: v.literal('sigmoids'),
  /** Divides the scores; 1 where it is absent. */
  temperature: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
});

export type SigmoidsSpec = v.InferOutput<typeof schema>;

/** The sigmoid of each score, not normalised, as LightGBM's `multiclassova` gives it: they need not add up to 1. */
export const sigmoids: ClassOutputKind<SigmoidsSpec> = {
  type: 'sigmoids',
  task: 'classification',
  schema,
  compile({ temperature = 1 }, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'never');
    return {
      hasProbabilities: true,
      classIndex: () => highestScore(scores),
      probabilities(_unit, into) {
        for (let k = 0; k < into.length; k++)
          into[k] = 1 / (1 + Math.exp(-scores[k]! / temperature));
      },
    };
  },
  describe: () => 'sigmoid of each score, not normalised',
};
