import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeElements } from '../../files/numpy/decode-elements';
import { decodeField } from '../../files/numpy/decode-numbers';
import type { PyValue } from '../../files/values/py-value';
import { matrixOf } from '../contract/arrays';
import { Estimator } from '../contract/estimator';
import { LIMITS } from '../contract/limits';

const MAX_TREES = 100_000;

/**
 * How much each column matters to a fitted model, as scikit-learn computes it: the norm of its weights, or the
 * decrease of impurity in trees (Breiman et al. 1984), averaged over an ensemble.
 */
export function featureImportances(estimator: Estimator, normOrder: number): number[] {
  if (estimator.has('coef_')) return weightNorms(estimator, normOrder);
  if (estimator.has('tree_')) return normalized(decreases(estimator));
  if (!estimator.has('estimators_')) {
    throw estimator.fault(
      'does not say how much each column matters',
      'Keep the columns that were selected, and fit the rest of the pipeline on them.',
    );
  }
  const trees = treesOf(estimator).filter((tree) => nodesOf(tree).size > 1);
  const isBoosting = estimator.className.startsWith('GradientBoosting');
  const each = trees.map((tree) => (isBoosting ? decreases(tree) : normalized(decreases(tree))));
  const width = each[0]?.length ?? 0;
  return normalized(
    Array.from({ length: width }, (_, j) => {
      const sum = each.reduce((total, importances) => total + importances[j]!, 0);
      return sum / Math.max(1, each.length);
    }),
  );
}

function weightNorms(estimator: Estimator, order: number): number[] {
  const { values, rows, columns } = matrixOf(estimator, 'coef_');
  const array = asNdArray(estimator.get('coef_'));
  return Array.from({ length: columns }, (_, j) => {
    const weights = Array.from({ length: rows }, (__, k) => Math.abs(values[k * columns + j]!));
    if (array?.shape.length === 1) return weights[0]!;
    if (order === Infinity) return Math.max(...weights);
    if (order === 1) return weights.reduce((sum, weight) => sum + weight, 0);
    if (order === 2) return Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
    return weights.reduce((sum, weight) => sum + weight ** order, 0) ** (1 / order);
  });
}

function treesOf(estimator: Estimator): Estimator[] {
  const value = estimator.require('estimators_');
  const array = asNdArray(value);
  const items: readonly PyValue[] = array
    ? decodeElements(array)
    : Array.isArray(value)
      ? value
      : [];
  const trees = items.flatMap((item) => Estimator.from(item) ?? []);
  if (trees.length > 0 && trees.length <= MAX_TREES && trees.every((tree) => tree.has('tree_'))) {
    return trees;
  }
  throw estimator.fault('does not hold trees', 'Select the columns before fitting.', 'estimators_');
}

function nodesOf(tree: Estimator) {
  const nodes = asNdArray(tree.inner('tree_').get('nodes'));
  if (nodes) return nodes;
  throw tree.fault('holds a tree without nodes', 'Save it again.', 'tree_');
}

/** Weighted decrease of impurity at the splits of each column. */
function decreases(tree: Estimator): number[] {
  const nodes = nodesOf(tree);
  const [left, right, feature, impurity, weight] = [
    'left_child',
    'right_child',
    'feature',
    'impurity',
    'weighted_n_node_samples',
  ].map((name) => decodeField(nodes, name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const width = tree.number('n_features_in_') ?? tree.number('n_features_') ?? 0;
  if (!(width <= LIMITS.features)) throw tree.fault('has too many features', 'Save it again.');
  const sums = Array.from({ length: width }, () => 0);
  const share = (node: number): number => weight[node]! * impurity[node]!;
  for (let node = 0; node < left.length; node++) {
    const [a, b, column] = [left[node]!, right[node]!, feature[node]!];
    if (a === -1) continue;
    if (!(a < left.length && b < left.length && column < width)) {
      throw tree.fault('holds a tree whose nodes do not fit', 'Save it again.', 'tree_');
    }
    sums[column]! += share(node) - share(a) - share(b);
  }
  return sums.map((sum) => sum / weight[0]!);
}

function normalized(importances: readonly number[]): number[] {
  const sum = importances.reduce((total, importance) => total + importance, 0);
  return sum > 0 ? importances.map((importance) => importance / sum) : [...importances];
}
