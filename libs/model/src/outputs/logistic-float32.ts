import * as v from 'valibot';
import { float32Sigmoid } from './float32-sigmoid';
import type { NumberOutputKind } from './output-kind';
import { singleScore } from './single-score';

const schema = v.strictObject({
  type: v.literal('logistic-float32'),
});

export type LogisticFloat32Spec = v.InferOutput<typeof schema>;

/** 1/(1+exp(-z)) of the single score in single precision: XGBoost's regression of numbers between 0 and 1. */
export const logisticFloat32: NumberOutputKind<LogisticFloat32Spec> = {
  type: 'logistic-float32',
  task: 'regression',
  scoreUnit: 'log-odds',
  schema,
  compile(_, scores, __, path) {
    const score = singleScore(scores, path);
    return { value: () => float32Sigmoid(score()) };
  },
  describe: () => 'sigmoid of the score, in single precision',
};
