import * as v from 'valibot';
import { arrayLength, float64Values, numericArraySchema } from '../artifact/numeric-array';
import { ArtifactError } from '../artifact/artifact.error';
import type { PredictorKind } from './predictor-kind';

const schema = v.strictObject({ type: v.literal('constant'), scores: numericArraySchema });

export type ConstantSpec = v.InferOutput<typeof schema>;

/** The same scores for every row, as scikit-learn's dummy estimators give. */
export const constant: PredictorKind<ConstantSpec> = {
  type: 'constant',
  schema,
  compile(spec, _, path) {
    const scores = float64Values(spec.scores);
    if (scores.length === 0) throw new ArtifactError(`${path}.scores`, 'is empty');
    return { scores, run: () => undefined };
  },
  describe: ({ scores }) => `constant, ${arrayLength(scores)} scores`,
};
