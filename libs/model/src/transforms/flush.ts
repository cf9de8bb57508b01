import * as v from 'valibot';
import { elementwise, elementwiseSparse } from './elementwise';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('flush'),
  limit: v.pipe(v.number(), v.finite(), v.minValue(0)),
  from: v.optional(v.string()),
});

export type FlushSpec = v.InferOutput<typeof schema>;

/** Numbers of at most `limit` in magnitude become 0, as LightGBM takes them; NaN stays NaN. */
export const flush: TransformKind<FlushSpec> = {
  type: 'flush',
  schema,
  compile({ limit }, { values, nonzero }) {
    const map = (value: number): number => (Math.abs(value) <= limit ? 0 : value);
    return nonzero ? elementwiseSparse({ values, nonzero }, map) : elementwise({ values }, map);
  },
  describe: ({ limit }) => `numbers up to ${limit} become 0`,
};
