import type { LinearModel } from './artifact';

/**
 * Writes the k probabilities of the model's rule into `result`. Works on logarithms relative to the
 * largest, so that nothing overflows and no sum is zero: ordinary scores agree with scikit-learn's to the
 * last digits, and scores for which scikit-learn returns NaN still get probabilities.
 * @param scores as many as the model has rows, each a multiple of `unit`
 */
export function fillProbabilities(
  model: LinearModel,
  scores: Float64Array,
  unit: number,
  result: Float64Array,
): void {
  if (model.probability === 'modified-huber') {
    fillModifiedHuber(scores, unit, result);
    return;
  }
  fillLogWeights(model, scores, unit, result);
  let largest = -Infinity;
  for (const logWeight of result) largest = Math.max(largest, logWeight);
  let sum = 0;
  for (let k = 0; k < result.length; k++) {
    result[k] = Math.exp((result[k]! - largest) / unit);
    sum += result[k]!;
  }
  for (let k = 0; k < result.length; k++) result[k] = result[k]! / sum;
}

/** Logarithms of the unnormalised probabilities, up to a common constant, as multiples of `unit`. */
function fillLogWeights(
  model: LinearModel,
  scores: Float64Array,
  unit: number,
  result: Float64Array,
): void {
  if (scores.length === 1) {
    // 1/(1+e^−z) is the softmax of (0, z); "softmax-pm" is that of (−z, z).
    const score = scores[0]!;
    result[0] = model.probability === 'softmax-pm' ? -score : 0;
    result[1] = score;
    return;
  }
  const temperature = model.temperature ?? 1;
  for (let k = 0; k < scores.length; k++) {
    result[k] =
      model.probability === 'ovr-normalized'
        ? logSigmoid(scores[k]!, unit)
        : scores[k]! / temperature;
  }
}

/** ln(1/(1+e^−z)); its asymptote min(z, 0) where scores are multiples of a tiny unit. */
function logSigmoid(score: number, unit: number): number {
  const asymptote = Math.min(score, 0);
  return unit === 1 ? asymptote - Math.log1p(Math.exp(-Math.abs(score))) : asymptote;
}

/** Zadrozny and Elkan (2002) as scikit-learn's SGDClassifier applies it; all zero becomes uniform. */
function fillModifiedHuber(scores: Float64Array, unit: number, result: Float64Array): void {
  for (let k = 0; k < scores.length; k++) {
    result[k] = (Math.min(Math.max(scores[k]! / unit, -1), 1) + 1) / 2;
  }
  if (scores.length === 1) {
    result[1] = result[0]!;
    result[0] = 1 - result[1];
    return;
  }
  const sum = result.reduce((total, weight) => total + weight, 0);
  for (let k = 0; k < result.length; k++) {
    result[k] = sum > 0 ? result[k]! / sum : 1 / result.length;
  }
}
