import * as v from 'valibot';
import { highestScore } from './highest-score';
import { normalizeLogWeights } from './normalize-log-weights';
import type { ClassOutputKind } from './output-kind';
import { checkScoreCount } from './score-count';

const schema = v.strictObject({
  type: v.literal('softmax'),
  /** T; 1 where it is absent. */
  temperature: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
});

export type SoftmaxSpec = v.InferOutput<typeof schema>;

/** Multinomial: exp(z/T), normalised; one score for each class. */
export const softmax: ClassOutputKind<SoftmaxSpec> = {
  type: 'softmax',
  task: 'classification',
  scoreUnit: 'log-odds',
  schema,
  compile({ temperature = 1 }, scores, classCount, path) {
    checkScoreCount(scores, classCount, path, 'never');
    return {
      hasProbabilities: true,
      classIndex: () => highestScore(scores),
      probabilities(unit, into) {
        for (let k = 0; k < into.length; k++) into[k] = scores[k]! / temperature;
        normalizeLogWeights(into, unit);
      },
    };
  },
  describe: ({ temperature = 1 }) =>
    `softmax${temperature === 1 ? '' : `, temperature ${temperature}`}`,
};
