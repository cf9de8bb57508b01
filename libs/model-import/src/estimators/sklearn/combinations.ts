import type { Estimator } from '../contract/estimator';

/** Products of a row that a model may have. */
const MAX_PRODUCTS = 1_000_000;

/**
 * The factors of each product of `minDegree` (at least 1) to `maxDegree` of `width` columns, by degree and then in
 * lexicographic order.
 */
export function combinations(
  width: number,
  minDegree: number,
  maxDegree: number,
  interactionOnly: boolean,
  owner: Estimator,
): number[][] {
  const all: number[][] = [];
  let last: number[][] = Array.from({ length: width }, (_, factor) => [factor]);
  for (let degree = 1; degree <= maxDegree; degree++) {
    if (degree > 1) {
      last = last.flatMap((product) => {
        const from = product.at(-1)! + (interactionOnly ? 1 : 0);
        return Array.from({ length: Math.max(0, width - from) }, (_, i) => [...product, from + i]);
      });
    }
    if (all.length + last.length > MAX_PRODUCTS) {
      throw owner.fault('makes more than a million products', 'Fit it again with a lower degree.');
    }
    if (degree >= minDegree) all.push(...last);
  }
  return all;
}
