import { numberOf } from '../../files/numpy/scalar-of';
import type { TransformerConverter } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import { featureImportances } from './feature-importances';
import { selection } from './selection';
import { toleratesMissing } from './tolerates-missing';

/** The columns that matter to a fitted model. */
export const selectFromModel: TransformerConverter = {
  names: ['sklearn.SelectFromModel'],
  role: 'transformer',
  docs: 'around linear models, trees, forests and gradient boosting; threshold, max_features, norm_order',
  versions: '0.21 to 1.9',
  exactness: 'exact',
  missing: 'handled',
  convert(selector, input) {
    if (!toleratesMissing(selector)) input.rejectMissing();
    const getter = selector.get('importance_getter');
    if (
      getter !== null &&
      getter !== 'auto' &&
      getter !== 'coef_' &&
      getter !== 'feature_importances_'
    ) {
      throw selector.fault(
        'takes importances in a way of its own',
        'Fit it with importance_getter="auto".',
        'importance_getter',
      );
    }
    const estimator =
      Estimator.from(selector.get('estimator_'), selector.stepName) ?? selector.inner('estimator');
    const importances = featureImportances(estimator, selector.number('norm_order') ?? 1);
    const threshold = thresholdOf(selector, estimator, importances);
    const most = selector.number('max_features_') ?? selector.number('max_features');
    if (most === undefined && selector.get('max_features') !== null) {
      throw selector.fault('is a function', 'Fit it with a number.', 'max_features');
    }
    const best = [...importances.keys()].sort((a, b) => importances[b]! - importances[a]!);
    const candidates = new Set(best.slice(0, most));
    return selection(
      selector,
      importances.map((importance, j) => candidates.has(j) && !(importance < threshold)),
      input,
    );
  },
};

/** A number, `mean`, `median`, or a multiple of these: `1.25*mean`. */
function thresholdOf(
  selector: Estimator,
  estimator: Estimator,
  importances: readonly number[],
): number {
  const stated = selector.get('threshold');
  if (stated === null) return isSparseModel(estimator) ? 1e-5 : mean(importances);
  const number = numberOf(stated);
  if (number !== undefined) return number;
  const [, factor = '1', reference] =
    /^\s*(?:([-+.\deE]+)\s*\*)?\s*(mean|median)\s*$/.exec(String(stated)) ?? [];
  if (reference !== undefined && Number.isFinite(Number(factor))) {
    return Number(factor) * (reference === 'mean' ? mean(importances) : median(importances));
  }
  throw selector.fault('is not a number, "mean" or "median"', 'Fit it again.', 'threshold');
}

/** Models with an L1 penalty, whose weights are 0 where a column does not matter. */
function isSparseModel(estimator: Estimator): boolean {
  const { className } = estimator;
  if (estimator.text('penalty') === 'l1' || className.includes('Lasso')) return true;
  const since19 = className === 'LogisticRegression' && estimator.isSince(1, 8, false);
  if (className === 'ElasticNet' || since19) return isOne(estimator.number('l1_ratio'));
  return className === 'ElasticNetCV' && isOne(estimator.number('l1_ratio_'));
}

function isOne(ratio: number | undefined): boolean {
  return ratio !== undefined && Math.abs(ratio - 1) <= 1e-5;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
