/**
 * Mean of −ln p over the rows, p being the probability of the true class. Clipped to [ε, 1 − ε] with the ε
 * of a double, as scikit-learn's `log_loss` does, so that one certain mistake costs 36 and not infinity.
 * @param truth n class indices, n ≥ 1
 * @param probabilities n × k
 */
export function logLoss(
  truth: readonly number[],
  probabilities: readonly ArrayLike<number>[],
): number {
  let total = 0;
  for (const [row, trueClass] of truth.entries()) {
    const p = probabilities[row]![trueClass]!;
    total -= Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON));
  }
  return total / truth.length;
}
