import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { arrayLength, float64Values, numericArraySchema } from '../artifact/numeric-array';
import { calibrator } from './calibrator';
import type { PredictorKind } from './predictor-kind';

const schema = v.strictObject({
  type: v.literal('isotonic'),
  /** Numbers of the only column in ascending order, and the answer at each. */
  x: numericArraySchema,
  y: numericArraySchema,
  /** Beyond `x` the outermost answer holds; without it a row there has none, unless there is only one point. */
  clip: v.boolean(),
});

export type IsotonicSpec = v.InferOutput<typeof schema>;

/** Straight lines between points (scikit-learn's IsotonicRegression). */
export const isotonic: PredictorKind<IsotonicSpec> = {
  type: 'isotonic',
  schema,
  compile({ x, y, clip }, { values }, path) {
    if (values.length !== 1) {
      throw new ArtifactError(path, `takes one number, not ${values.length}`);
    }
    const interpolate = calibrator({ type: 'isotonic', x, y }, path);
    const points = float64Values(x);
    const isOpen = clip || points.length === 1;
    const least = isOpen ? -Infinity : points[0]!;
    const most = isOpen ? Infinity : points.at(-1)!;
    const scores = new Float64Array(1);
    return {
      scores,
      run() {
        const value = values[0]!;
        scores[0] = value >= least && value <= most ? interpolate(value) : Number.NaN;
      },
    };
  },
  describe: ({ x, clip }) =>
    `lines between ${arrayLength(x)} points${clip ? ', constant beyond them' : ''}`,
};
