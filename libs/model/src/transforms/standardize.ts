import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, numericArraySchema } from '../artifact/numeric-array';
import { denseVector } from '../vector';
import { elementwiseSparse } from './elementwise';
import { largestMagnitude } from './largest-magnitude';
import type { TransformKind } from './transform-kind';
import { ownPositions } from './sources';

const schema = v.strictObject({
  type: v.literal('standardize'),
  center: v.nullable(numericArraySchema),
  scale: v.nullable(numericArraySchema),
  /** The estimator that it came from, and how many rows that saw. */
  from: v.optional(v.string()),
  samplesSeen: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});

export type StandardizeSpec = v.InferOutput<typeof schema>;

/** `(x - center) / scale` at each position; a `null` part is left out. */
export const standardize: TransformKind<StandardizeSpec> = {
  type: 'standardize',
  schema,
  compile(spec, { values, nonzero }, path) {
    const width = values.length;
    const center = spec.center ? float64Values(spec.center) : new Float64Array(width);
    const scale = spec.scale ? float64Values(spec.scale) : new Float64Array(width).fill(1);
    for (const [name, part] of Object.entries({ center, scale })) {
      if (part.length === width) continue;
      const problem = `must have ${width} elements, not ${part.length}`;
      throw new ArtifactError(`${path}.${name}`, problem);
    }
    const zero = scale.findIndex((factor) => !(factor > 0));
    if (zero >= 0) throw new ArtifactError(`${path}.scale[${zero}]`, 'must be above 0');
    if (nonzero && !spec.center) {
      return {
        ...elementwiseSparse({ values, nonzero }, (value, j) => value / scale[j]!),
        scalable: { bound: (bound) => bound / least(scale) },
      };
    }
    const output = denseVector(width);
    const target = output.values;
    return {
      output,
      sources: () => ownPositions(width),
      // Divided by the scale, as scikit-learn does: a stored reciprocal would differ in the last digit.
      run(unit) {
        for (let j = 0; j < width; j++) target[j] = (values[j]! - center[j]! * unit) / scale[j]!;
      },
      scalable: {
        bound: (bound, unit) => (bound + largestMagnitude(center) * unit) / least(scale),
      },
    };
  },
  describe: ({ center, scale, from }) =>
    `${from ?? 'standardize'}: ${[center && 'center', scale && 'scale'].filter(Boolean).join(' and ') || 'nothing'}`,
};

/** The smallest of the factors, at most 1. */
function least(factors: Float64Array): number {
  return factors.reduce((smallest, factor) => Math.min(smallest, factor), 1);
}
