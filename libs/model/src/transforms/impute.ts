import * as v from 'valibot';
import { denseVector } from '../vector';
import { nullableNumbersOf, nullableNumbersSchema } from './checked-values';
import { largestMagnitude } from './largest-magnitude';
import type { TransformKind } from './transform-kind';
import { ownPositions } from './sources';

const schema = v.strictObject({
  type: v.literal('impute'),
  /** What stands in for a missing value, by position; `null` leaves it missing. */
  fill: nullableNumbersSchema,
  /** The number that means "missing"; without it NaN does. */
  missing: v.optional(v.pipe(v.number(), v.finite())),
  from: v.optional(v.string()),
});

export type ImputeSpec = v.InferOutput<typeof schema>;

/** Replaces missing values by one number for each position (scikit-learn's SimpleImputer). */
export const impute: TransformKind<ImputeSpec> = {
  type: 'impute',
  schema,
  compile({ fill: spec, missing }, { values }, path) {
    const width = values.length;
    const fill = nullableNumbersOf(spec, width, `${path}.fill`);
    const output = denseVector(width);
    const target = output.values;
    return {
      output,
      sources: () => ownPositions(width),
      run(unit) {
        for (let j = 0; j < width; j++) {
          const value = values[j]!;
          const isMissing = missing === undefined ? Number.isNaN(value) : value === missing * unit;
          target[j] = isMissing ? fill[j]! * unit : value;
        }
      },
      scalable: {
        bound: (bound, unit) =>
          Math.max(bound, largestMagnitude(fill.filter(Number.isFinite)) * unit),
      },
    };
  },
  describe: ({ from, missing }) =>
    `${from ?? 'impute'}: fill values for ${missing === undefined ? 'missing values' : `the number ${missing}`}`,
};
