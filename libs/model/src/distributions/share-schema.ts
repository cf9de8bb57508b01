import * as v from 'valibot';

/** A part of all rows, from 0 to 1. */
export const shareSchema = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1));
