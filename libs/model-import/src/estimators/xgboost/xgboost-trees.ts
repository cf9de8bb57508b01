import type { TreeNodes } from '@inferserve/model';
import type { JsonNode } from '../../files/json/json-node';
import type { XgboostModel } from './xgboost-model';

/** The trees of a booster that predictions use. */
export interface XgboostTrees {
  readonly count: number;
  readonly nodes: Iterable<TreeNodes>;
  /** Which score each tree adds to. */
  readonly scores: readonly number[];
}

/**
 * The trees of a `gbtree` or `dart` booster up to the best round; numbers are float32.
 * @param codeOf the number in the row for a category code of a feature
 */
export function xgboostTrees(
  model: XgboostModel,
  usesBestIteration: boolean,
  codeOf: (feature: number, code: number) => number | undefined,
): XgboostTrees {
  const { booster } = model;
  const outer = booster.get('gbtree');
  const document = (outer.exists ? outer : booster).get('model');
  const trees = document.get('trees').list();
  const scores = [...document.get('tree_info').numbers()];
  if (scores.length !== trees.length) {
    throw document
      .get('tree_info')
      .fault(`has ${scores.length} elements for ${trees.length} trees`);
  }
  const count = usesBestIteration ? usedTrees(model, document, trees.length) : trees.length;
  const weights = booster.get('weight_drop');
  const drops = weights.exists ? weights.numbers() : undefined;
  if (drops && drops.length < trees.length) throw weights.fault('has too few elements');
  return {
    count,
    scores: scores.slice(0, count),
    nodes: {
      *[Symbol.iterator]() {
        for (let t = 0; t < count; t++) yield treeOf(trees[t]!, drops?.[t], codeOf);
      },
    },
  };
}

/** How many trees the rounds up to the best one have. */
function usedTrees(model: XgboostModel, document: JsonNode, all: number): number {
  if (model.bestIteration === undefined) return all;
  if (model.bestTreeCount !== undefined) {
    return Math.min(all, model.bestTreeCount * model.scoreCount);
  }
  const rounds = model.bestIteration + 1;
  const starts = document.get('iteration_indptr');
  if (starts.exists) return Math.min(all, starts.numbers()[rounds] ?? all);
  const parallel = document.get('gbtree_model_param').get('num_parallel_tree');
  const perRound = (parallel.exists ? Math.max(1, parallel.numeric()) : 1) * model.scoreCount;
  return Math.min(all, rounds * perRound);
}

function treeOf(
  tree: JsonNode,
  drop: number | undefined,
  codeOf: (feature: number, code: number) => number | undefined,
): TreeNodes {
  const width = tree.get('tree_param').get('size_leaf_vector');
  if (width.exists && width.numeric() > 1) {
    throw width.fault('is above 1: the model predicts several targets', 'Fit one for each target.');
  }
  const conditions = Float64Array.from(tree.get('split_conditions').numbers(), Math.fround);
  const feature = tree.get('split_indices').numbers();
  const hessians = tree.get('sum_hessian');
  const factor = drop === undefined ? undefined : Math.fround(drop);
  return {
    left: tree.get('left_children').numbers(),
    right: tree.get('right_children').numbers(),
    feature,
    threshold: conditions,
    values:
      factor === undefined ? conditions : conditions.map((leaf) => Math.fround(factor * leaf)),
    missingLeft: tree.get('default_left').numbers(),
    weight: hessians.exists ? hessians.numbers() : undefined,
    categories: categoriesOf(tree, feature, codeOf),
  };
}

/** The listed categories by node; each node has a segment of one list. */
function categoriesOf(
  tree: JsonNode,
  feature: Float64Array,
  codeOf: (feature: number, code: number) => number | undefined,
): ReadonlyMap<number, readonly number[]> | undefined {
  const nodes = tree.get('categories_nodes');
  if (!nodes.exists) return undefined;
  const numbers = nodes.numbers();
  if (numbers.length === 0) return undefined;
  const all = tree.get('categories').numbers();
  const starts = tree.get('categories_segments').numbers();
  const sizes = tree.get('categories_sizes').numbers();
  const categories = new Map<number, readonly number[]>();
  for (let i = 0; i < numbers.length; i++) {
    const end = starts[i]! + sizes[i]!;
    if (!(starts[i]! >= 0 && sizes[i]! >= 0 && end <= all.length)) {
      throw tree.get('categories_segments').fault('points outside the categories');
    }
    const codes = all.subarray(starts[i]!, end);
    const node = numbers[i]!;
    categories.set(
      node,
      [...codes].flatMap((code) => codeOf(feature[node]!, code) ?? []),
    );
  }
  return categories;
}
