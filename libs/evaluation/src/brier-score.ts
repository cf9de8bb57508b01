/**
 * Brier's score of 1950: the mean over the rows of Σ (p − o)² over the classes, o being 1 for the true class
 * and 0 for the others. From 0 to 2; scikit-learn's `brier_score_loss` with `scale_by_half=False`.
 * @param truth n class indices, n ≥ 1
 * @param probabilities n × k
 */
export function brierScore(
  truth: readonly number[],
  probabilities: readonly ArrayLike<number>[],
): number {
  let total = 0;
  for (const [row, trueClass] of truth.entries()) {
    const ofRow = probabilities[row]!;
    for (let k = 0; k < ofRow.length; k++) total += (ofRow[k]! - (k === trueClass ? 1 : 0)) ** 2;
  }
  return total / truth.length;
}
