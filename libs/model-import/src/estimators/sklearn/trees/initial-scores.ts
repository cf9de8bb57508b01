import { vectorOf } from '../../contract/arrays';
import { Estimator } from '../../contract/estimator';

export type Loss = 'log-loss' | 'exponential' | 'regression';

/** scikit-learn clips probabilities to this before it takes their logarithm: the epsilon of float32. */
const EPSILON = 2 ** -23;

/**
 * Where a GradientBoosting starts: 0, the constant of its DummyRegressor, or the log odds of its DummyClassifier's
 * class shares.
 * @throws ModelImportError for another estimator as `init`
 */
export function initialScores(estimator: Estimator, scoreCount: number, loss: Loss): number[] {
  const value = estimator.require('init_');
  if (value === 'zero') return Array.from({ length: scoreCount }, () => 0);
  const init = Estimator.from(value);
  if (init?.key === 'sklearn.DummyRegressor' && loss === 'regression') {
    return [...vectorOf(init, 'constant_', 1)];
  }
  if (init?.key === 'sklearn.DummyClassifier' && loss !== 'regression') {
    if (init.text('strategy') === 'prior') return priorScores(estimator, init, scoreCount, loss);
  }
  throw estimator.fault(
    `starts from a ${init?.className ?? 'value'} of its own`,
    'Fit it without init, or with init="zero".',
    'init_',
  );
}

function priorScores(
  estimator: Estimator,
  init: Estimator,
  scoreCount: number,
  loss: Loss,
): number[] {
  const classCount = scoreCount === 1 ? 2 : scoreCount;
  const shares = vectorOf(init, 'class_prior_', classCount).map((share) =>
    Math.min(Math.max(share, EPSILON), 1 - EPSILON),
  );
  if (scoreCount === 1) {
    const odds = Math.log(shares[1]! / (1 - shares[1]!));
    return [loss === 'exponential' ? odds / 2 : odds];
  }
  const logs = Array.from(shares, Math.log);
  if (!estimator.isSince(1, 4)) return logs;
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  return logs.map((log) => log - mean);
}
