import type { LinearModel, ProbabilityRule } from '@inferserve/model';

/**
 * A model of k rows. Two rows where one is minus the other, as skl2onnx writes two classes, become the one
 * row that scikit-learn had: sigmoid for LOGISTIC, the softmax of (−z, z) for SOFTMAX.
 */
export function linearModel(
  rows: readonly (readonly number[])[],
  intercepts: readonly number[],
  rule: ProbabilityRule,
  storedPrecision: 'float32' | 'float64',
): LinearModel {
  const [first, second] = rows;
  const mirrored =
    rows.length === 2 &&
    first!.every((weight, j) => weight === -second![j]!) &&
    intercepts[0] === -intercepts[1]!;
  if (!mirrored) {
    return { type: 'linear', coefficients: rows, intercepts, probability: rule, storedPrecision };
  }
  const single: Partial<Record<ProbabilityRule, ProbabilityRule>> = {
    softmax: 'softmax-pm',
    'ovr-normalized': 'sigmoid',
  };
  return {
    type: 'linear',
    coefficients: [second!],
    intercepts: [intercepts[1]!],
    probability: single[rule] ?? rule,
    storedPrecision,
  };
}
