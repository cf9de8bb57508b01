import * as v from 'valibot';
import { shareSchema } from './share-schema';

/** The tenths between which values are counted. */
export const TENTHS = 10;

const finite = v.pipe(v.number(), v.finite());

export const quantilesSchema = v.strictObject({
  type: v.literal('quantiles'),
  /** Share of the rows without a value. */
  missing: shareSchema,
  mean: finite,
  /** The least value, the deciles and the greatest value. */
  quantiles: v.pipe(
    v.array(finite),
    v.length(TENTHS + 1),
    v.check((values) => values.every((value, i) => i === 0 || value >= values[i - 1]!), 'descends'),
    v.readonly(),
  ),
  /** Share of the rows between each quantile (exclusive, but for the least value) and the next (inclusive). */
  shares: v.pipe(v.array(shareSchema), v.length(TENTHS), v.readonly()),
});

export type QuantilesSpec = v.InferOutput<typeof quantilesSchema>;
