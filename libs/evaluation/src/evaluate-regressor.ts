import type { CompiledModel, Metrics } from '@inferserve/model';

/** Figures of a regressor on one set of rows. */
export type RegressionEvaluation = Required<Pick<Metrics, 'n' | 'r2' | 'mae' | 'rmse'>>;

/**
 * Coefficient of determination, mean absolute error and root mean squared error of a regressor, scored by the
 * code that serves. R² of rows that all have the same true value is 1 where all answers are right, else 0, as
 * scikit-learn's r2_score.
 * @param rows JSON values in the order of the columns
 * @param truth one number per row
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
  const r2 = spread > 0 ? 1 - squares / spread : Number(squares === 0);
  return { n, r2, mae: absolute / n, rmse: Math.sqrt(squares / n) };
}
