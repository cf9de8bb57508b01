import type { Estimator } from '../../contract/estimator';
import type { TreeArrays } from './tree-arrays';

/** Shares differ from a sum of 1 by rounding only. */
const ROUNDING = 1e-9;

/**
 * The values of a classifier's tree as shares of the classes: fractions since 1.4, counts that are divided by
 * their sum before.
 */
export function classShares(estimator: Estimator, { values, width }: TreeArrays): Float64Array {
  if (areShares(estimator, values, width)) return values;
  const shares = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += width) {
    let sum = 0;
    for (let k = 0; k < width; k++) sum += values[start + k]!;
    for (let k = 0; k < width; k++) shares[start + k] = sum === 0 ? 0 : values[start + k]! / sum;
  }
  return shares;
}

/** By the version; where the file states none, by the root, which has seen several rows. */
function areShares(estimator: Estimator, values: Float64Array, width: number): boolean {
  if (estimator.release) return estimator.isSince(1, 4);
  const root = values.subarray(0, width).reduce((sum, value) => sum + value, 0);
  return Math.abs(root - 1) < ROUNDING;
}
