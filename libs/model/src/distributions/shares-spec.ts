import * as v from 'valibot';
import { numericArraySchema } from '../artifact/numeric-array';
import { shareSchema } from './share-schema';

export const sharesSchema = v.strictObject({
  type: v.literal('shares'),
  /** Share of the rows without a value. */
  missing: shareSchema,
  /** Share of the rows with a value that is none of the known ones. */
  other: shareSchema,
  /** Share of the rows with each of the known values, in their order. */
  shares: numericArraySchema,
});

export type SharesSpec = v.InferOutput<typeof sharesSchema>;
