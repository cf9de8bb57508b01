/**
 * Index of the highest score, the first of equal ones, as scikit-learn chooses the class; for a single
 * score of two classes 1 where it is above 0.
 */
export function highestScore(scores: Float64Array): number {
  if (scores.length === 1) return scores[0]! > 0 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < scores.length; k++) {
    if (scores[k]! > scores[best]!) best = k;
  }
  return best;
}
