import * as v from 'valibot';
import { type QuantilesSpec, quantilesSchema } from './quantiles-spec';
import { type SharesSpec, sharesSchema } from './shares-spec';

/** Every form of distribution. */
export type DistributionSpec = QuantilesSpec | SharesSpec;

export const distributionSchema = v.variant('type', [quantilesSchema, sharesSchema]);
