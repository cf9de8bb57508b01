import { Estimator } from '../contract/estimator';

const ALWAYS = /^(?:HistGradientBoosting|XGB|LGBM)/;

/** Whether a selector passes missing values to the estimator inside it, which takes them. */
export function toleratesMissing(selector: Estimator): boolean {
  const inner =
    Estimator.from(selector.get('estimator_')) ?? Estimator.from(selector.get('estimator'));
  if (!inner) return false;
  const { className } = inner;
  if (ALWAYS.test(className)) return true;
  if (className.startsWith('DecisionTree')) return inner.isSince(1, 3, false);
  if (className.startsWith('RandomForest')) return inner.isSince(1, 4, false);
  return className.startsWith('ExtraTrees') && inner.isSince(1, 6, false);
}
