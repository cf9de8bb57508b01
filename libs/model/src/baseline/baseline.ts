import * as v from 'valibot';
import { distributionSchema } from '../distributions/distributions';

/** How the rows of the training are distributed: what the rows of requests are compared with. */
export const baselineSchema = v.strictObject({
  /** How many rows it was made from. */
  rows: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** By name of the column; columns of a kind that has no distribution are left out, and those never filled. */
  columns: v.record(v.string(), distributionSchema),
  /** What the model predicts for these rows. */
  predictions: v.optional(distributionSchema),
});

export type Baseline = v.InferOutput<typeof baselineSchema>;
