import type { CompiledModel, Metrics } from '@inferserve/model';
import { pickPairs } from './pick-pairs';

/** Figures of a regressor on one set of rows. */
export type RegressionEvaluation = Required<Pick<Metrics, 'n' | 'r2' | 'mae' | 'rmse' | 'pairs'>>;

/**
 * Coefficient of determination, mean absolute error and root mean squared error of a regressor, scored by the
 * code that serves, with some of the answers beside the truth. R² of rows that all have the same true value is 1 where
 * all answers are right, else 0, as scikit-learn's r2_score.
 * @param rows JSON values in the order of the columns
 * @param truth one number per row
 * @throws RangeError where true values or errors are too large to be squared
 */
export function evaluateRegressor(
  regressor: CompiledModel,
  rows: readonly (readonly unknown[])[],
  truth: readonly number[],
): RegressionEvaluation {
  const predicted = rows.map((row) => {
    const answer = regressor.score(row);
    if (answer.task !== 'regression') throw new TypeError('the model is not a regressor');
    return answer.value;
  });
  const n = truth.length;
  const mean = truth.reduce((sum, value) => sum + value, 0) / n;
  let squares = 0;
  let absolute = 0;
  let spread = 0;
  for (const [i, value] of truth.entries()) {
    const error = value - predicted[i]!;
    squares += error ** 2;
    absolute += Math.abs(error);
    spread += (value - mean) ** 2;
  }
  if (!Number.isFinite(squares) || !Number.isFinite(spread)) {
    throw new RangeError('true values or errors are so large that their squares overflow');
  }
  const r2 = spread > 0 ? 1 - squares / spread : Number(squares === 0);
  const pairs = pickPairs(truth, predicted);
  return { n, r2, mae: absolute / n, rmse: Math.sqrt(squares / n), pairs };
}
