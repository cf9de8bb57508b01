import * as v from 'valibot';
import { denseVector } from '../vector';
import { positionCount, positionList, positionsSchema } from './positions';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('indicator'),
  /** The positions of the input that get an indicator, in the order of the output. */
  columns: positionsSchema,
  /** The number that means "missing"; without it NaN does. */
  missing: v.optional(v.pipe(v.number(), v.finite())),
  from: v.optional(v.string()),
});

export type IndicatorSpec = v.InferOutput<typeof schema>;

/** 1 where the value at a position is missing, else 0 (scikit-learn's MissingIndicator). */
export const indicator: TransformKind<IndicatorSpec> = {
  type: 'indicator',
  schema,
  compile(spec, { values }, path) {
    const positions = positionList(spec.columns, values.length, `${path}.columns`);
    const { missing } = spec;
    const output = denseVector(positions.length);
    const target = output.values;
    return {
      output,
      sources: () => positions,
      run(unit) {
        for (let i = 0; i < positions.length; i++) {
          const value = values[positions[i]!]!;
          const isMissing = missing === undefined ? Number.isNaN(value) : value === missing * unit;
          target[i] = isMissing ? unit : 0;
        }
      },
      scalable: { bound: (_, unit) => unit },
    };
  },
  describe: ({ from, columns }) =>
    `${from ?? 'indicator'}: ${positionCount(columns)} indicators of missing values`,
};
