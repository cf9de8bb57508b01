import * as v from 'valibot';
import { normalizeLogWeights } from './normalize-log-weights';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({
  type: v.literal('sigmoid'),
  /** Divides the score; 1 where it is absent. */
  temperature: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  /** When the second class is predicted: the score is above 0 (where it is absent), it is 0 or more, or p > 1/2. */
  decision: v.optional(v.picklist(['positive', 'not-negative', 'probability'])),
});

export type SigmoidSpec = v.InferOutput<typeof schema>;

/** Two classes, one score z: the probability of the second is 1/(1+exp(-z/T)), the softmax of (0, z/T). */
export const sigmoid: ClassOutputKind<SigmoidSpec> = {
  type: 'sigmoid',
  task: 'classification',
  scoreUnit: 'log-odds',
  schema,
  compile({ temperature = 1, decision = 'positive' }, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'only');
    const decisions = {
      positive: () => scores[0]! > 0,
      'not-negative': () => scores[0]! >= 0,
      // Scores just above 0 round to 1/2, which is not above it.
      probability: (unit: number) => 1 / (1 + Math.exp(-scores[0]! / temperature / unit)) > 0.5,
    };
    const isSecond = decisions[decision];
    return {
      hasProbabilities: true,
      classIndex: (unit) => Number(isSecond(unit)),
      probabilities(unit, into) {
        into[0] = 0;
        into[1] = scores[0]! / temperature;
        normalizeLogWeights(into, unit);
      },
    };
  },
  describe: ({ temperature = 1 }) =>
    `sigmoid${temperature === 1 ? '' : `, temperature ${temperature}`}`,
};
