import * as v from 'valibot';
import type { Vector } from '../vector';

/** Distances between rows; `p` is the exponent of Minkowski's. */
export const metricSchema = v.variant('name', [
  v.strictObject({ name: v.picklist(['euclidean', 'manhattan', 'chebyshev']) }),
  v.strictObject({
    name: v.literal('minkowski'),
    p: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  }),
]);

export type MetricSpec = v.InferOutput<typeof metricSchema>;

/** A distance of the row to one of many rows. */
export interface Distance {
  /** Grows with the distance and is cheaper: its square, for instance. `offset` is where the other row starts. */
  reduced(offset: number): number;
  /** The distance of a reduced one. */
  full(reduced: number): number;
}

/** Binds a metric to the row and to other rows, in row-major order. */
export function distanceTo(spec: MetricSpec, { values }: Vector, rows: Float64Array): Distance {
  const width = values.length;
  const sumOf =
    (term: (difference: number) => number) =>
    (offset: number): number => {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += term(values[j]! - rows[offset + j]!);
      return sum;
    };
  const same = (reduced: number): number => reduced;
  switch (spec.name) {
    case 'euclidean':
      return { reduced: sumOf((difference) => difference * difference), full: Math.sqrt };
    case 'manhattan':
      return { reduced: sumOf(Math.abs), full: same };
    case 'chebyshev':
      return {
        reduced(offset) {
          let largest = 0;
          for (let j = 0; j < width; j++) {
            largest = Math.max(largest, Math.abs(values[j]! - rows[offset + j]!));
          }
          return largest;
        },
        full: same,
      };
    case 'minkowski':
      return {
        reduced: sumOf((difference) => Math.abs(difference) ** spec.p),
        full: (reduced) => reduced ** (1 / spec.p),
      };
  }
}
