import * as v from 'valibot';
import type { NumberOutputKind } from './output-kind';
import { singleScore } from './single-score';

const schema = v.strictObject({
  type: v.literal('exp'),
  /** `float32`: rounded to single precision, as XGBoost does. */
  precision: v.optional(v.picklist(['float64', 'float32'])),
});

export type ExponentialSpec = v.InferOutput<typeof schema>;

/** exp of the single score: the inverse of a log link. */
export const exponential: NumberOutputKind<ExponentialSpec> = {
  type: 'exp',
  task: 'regression',
  scoreUnit: 'logarithm of the value',
  schema,
  compile({ precision }, scores, _, path) {
    const score = singleScore(scores, path);
    return precision === 'float32'
      ? { value: () => Math.fround(Math.exp(score())) }
      : { value: () => Math.exp(score()) };
  },
  describe: () => 'exp of the score',
};
