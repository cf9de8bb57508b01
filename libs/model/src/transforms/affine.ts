import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, numericArraySchema } from '../artifact/numeric-array';
import { denseVector } from '../vector';
import { elementwiseSparse } from './elementwise';
import { largestMagnitude } from './largest-magnitude';
import type { TransformKind } from './transform-kind';
import { ownPositions } from './sources';

const finite = v.pipe(v.number(), v.finite());

const schema = v.strictObject({
  type: v.literal('affine'),
  multiply: numericArraySchema,
  add: numericArraySchema,
  clip: v.optional(
    v.pipe(
      v.tuple([finite, finite]),
      v.check(([low, high]) => low <= high, 'has its lower bound above its upper bound'),
      v.readonly(),
    ),
  ),
  /** The estimator that it came from. */
  from: v.optional(v.string()),
});

export type AffineSpec = v.InferOutput<typeof schema>;

/** `x · multiply + add` at each position, then limited to `clip` where that is given; NaN stays NaN. */
export const affine: TransformKind<AffineSpec> = {
  type: 'affine',
  schema,
  compile(spec, { values, nonzero }, path) {
    const width = values.length;
    const multiply = float64Values(spec.multiply);
    const add = float64Values(spec.add);
    for (const [name, part] of Object.entries({ multiply, add })) {
      if (part.length === width) continue;
      const problem = `must have ${width} elements, not ${part.length}`;
      throw new ArtifactError(`${path}.${name}`, problem);
    }
    const [low, high] = spec.clip ?? [-Infinity, Infinity];
    const scalable = {
      bound: (bound: number, unit: number) =>
        bound * largestMagnitude(multiply) + largestMagnitude(add) * unit,
    };
    const map = (x: number, j: number, unit: number) => {
      const value = x * multiply[j]! + add[j]! * unit;
      return Math.min(Math.max(value, low * unit), high * unit);
    };
    if (nonzero && low <= 0 && high >= 0 && add.every((summand) => summand === 0)) {
      return { ...elementwiseSparse({ values, nonzero }, map), scalable };
    }
    const output = denseVector(width);
    const target = output.values;
    return {
      output,
      sources: () => ownPositions(width),
      run(unit) {
        for (let j = 0; j < width; j++) target[j] = map(values[j]!, j, unit);
      },
      scalable,
    };
  },
  describe: ({ from, clip }) =>
    `${from ?? 'affine'}: multiply and add${clip ? `, clip to ${clip[0]} to ${clip[1]}` : ''}`,
};
