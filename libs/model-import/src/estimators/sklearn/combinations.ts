import type { Estimator } from '../contract/estimator';
import { LIMITS } from '../contract/limits';

/** Products of a row that a model may have: as many as columns of a request. */
const MAX_PRODUCTS = LIMITS.features;

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
      const from = (product: readonly number[]) => product.at(-1)! + (interactionOnly ? 1 : 0);
      const count = last.reduce((sum, product) => sum + Math.max(0, width - from(product)), 0);
      if (all.length + count > MAX_PRODUCTS) {
        throw owner.fault(
          `makes more than ${MAX_PRODUCTS} products`,
          'Fit it again with a lower degree.',
        );
      }
      last = last.flatMap((product) => {
        const start = from(product);
        return Array.from({ length: Math.max(0, width - start) }, (_, i) => [
          ...product,
          start + i,
        ]);
      });
    }
    if (degree >= minDegree) for (const product of last) all.push(product);
  }
  return all;
}
