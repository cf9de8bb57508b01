/**
 * Turns logarithms of unnormalised probabilities, as multiples of `unit`, into probabilities, in place.
 * Relative to the largest, so that nothing overflows and no sum is zero: ordinary scores agree with
 * scikit-learn's to the last digits, and scores for which scikit-learn returns NaN still get probabilities.
 */
export function normalizeLogWeights(weights: Float64Array, unit: number): void {
  let largest = -Infinity;
  // By index: an iterator costs as much as the exponentials.
  for (let k = 0; k < weights.length; k++) {
    if (weights[k]! > largest) largest = weights[k]!;
  }
  let sum = 0;
  for (let k = 0; k < weights.length; k++) {
    const weight = Math.exp((weights[k]! - largest) / unit);
    weights[k] = weight;
    sum += weight;
  }
  for (let k = 0; k < weights.length; k++) weights[k] = weights[k]! / sum;
}
