import type { Estimator } from '../../contract/estimator';

const CRITERIA: readonly string[] = [
  'gini',
  'entropy',
  'log_loss',
  'squared_error',
  'friedman_mse',
  'poisson',
];

/**
 * Whether scikit-learn lets missing values into a decision tree: since 1.3 with the best splitter, since 1.6 with
 * the random one too; never with monotonic constraints.
 */
export function treeTakesMissing(tree: Estimator): boolean {
  if (!tree.isSince(1, 3, false) || !CRITERIA.includes(tree.text('criterion') ?? '')) return false;
  if (tree.get('monotonic_cst') !== null) return false;
  return tree.isSince(1, 6) || tree.text('splitter') === 'best';
}
