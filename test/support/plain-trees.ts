import { COMPILE_CONTEXT } from '../../libs/model/src/compile/compile-kinds';
import { denseVector, type Vector } from '../../libs/model/src/vector';
import { buildTrees, type TreesOptions } from '../../libs/model/src/predictors/trees/build-trees';
import type { TreeNodes } from '../../libs/model/src/predictors/trees/order-tree';
import { trees } from '../../libs/model/src/predictors/trees/trees';
import type { TreesSpec } from '../../libs/model/src/predictors/trees/trees-spec';

/** A plain tree: the obvious way to write one down and to descend it. */
export type Tree =
  | { readonly leaf: readonly number[] }
  | {
      readonly feature: number;
      readonly threshold: number;
      readonly missing: 'left' | 'right';
      readonly categories?: readonly number[];
      readonly left: Tree;
      readonly right: Tree;
    };

export interface Rule {
  readonly precision: 'float32' | 'float64';
  readonly comparison: '<=' | '<';
}

export function descend(
  tree: Tree,
  row: ArrayLike<number>,
  { precision, comparison }: Rule,
): readonly number[] {
  let node = tree;
  while (!('leaf' in node)) {
    const x = precision === 'float32' ? Math.fround(row[node.feature]!) : row[node.feature]!;
    let left: boolean;
    if (Number.isNaN(x)) left = node.missing === 'left';
    else if (comparison === '<=') left = x <= node.threshold;
    else left = x < node.threshold;
    node = left ? node.left : node.right;
  }
  return node.leaf;
}

/** Parallel arrays, parents after their children, so that nothing rests on the order. */
function arraysOf(tree: Tree, width: number): TreeNodes {
  const left: number[] = [];
  const right: number[] = [];
  const feature: number[] = [];
  const threshold: number[] = [];
  const values: number[] = [];
  const missingLeft: number[] = [];
  const weight: number[] = [];
  const categories = new Map<number, readonly number[]>();
  const add = (node: Tree): number => {
    const children = 'leaf' in node ? [-1, -1] : [add(node.left), add(node.right)];
    const index = left.length;
    left.push(children[0]!);
    right.push(children[1]!);
    weight.push(children[0]! < 0 ? 1 : weight[children[0]!]! + weight[children[1]!]!);
    if ('leaf' in node) {
      feature.push(-2);
      threshold.push(-2);
      missingLeft.push(0);
      values.push(...node.leaf);
    } else {
      feature.push(node.feature);
      threshold.push(node.threshold);
      missingLeft.push(Number(node.missing === 'left'));
      values.push(...Array.from({ length: width }, () => Number.NaN));
      if (node.categories) categories.set(index, node.categories);
    }
    return index;
  };
  const root = add(tree);
  return { left, right, feature, threshold, values, missingLeft, weight, categories, root };
}

export function random(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

export const INTERESTING = [
  0,
  -0,
  1,
  -1,
  0.5,
  1.4e-45,
  -1.4e-45,
  1e-40,
  -1e-40,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  Infinity,
  -Infinity,
  1e300,
  -1e300,
  0.1,
  Math.fround(0.1),
  16777217,
  1e-300,
];

/** Missing values against all others is a split; nothing against all is none. */
const THRESHOLDS = INTERESTING.filter((value) => value > -Infinity);

export function randomTree(
  next: () => number,
  depth: number,
  width: number,
  features: number,
): Tree {
  if (depth === 0 || next() < 0.15) {
    return { leaf: Array.from({ length: width }, () => Math.round(next() * 1e6) / 1e6) };
  }
  const pick = next();
  const threshold =
    pick < 0.5 ? THRESHOLDS[Math.floor(next() * THRESHOLDS.length)]! : next() * 4 - 2;
  return {
    feature: Math.floor(next() * features),
    threshold,
    missing: next() < 0.5 ? 'left' : 'right',
    left: randomTree(next, depth - 1, width, features),
    right: randomTree(next, depth - 1, width, features),
  };
}

export function thresholdsOf(tree: Tree): number[] {
  if ('leaf' in tree) return [];
  return [tree.threshold, ...thresholdsOf(tree.left), ...thresholdsOf(tree.right)];
}

/** The neighbours of a number in both precisions. */
export function neighbours(value: number): number[] {
  const single = Math.fround(value);
  const ulp = (x: number, epsilon: number) => Math.max(Math.abs(x) * epsilon, Number.MIN_VALUE);
  return [value, -value, single]
    .flatMap((x) => [
      x,
      x + ulp(x, 2 ** -52),
      x - ulp(x, 2 ** -52),
      x + ulp(x, 2 ** -23),
      x - ulp(x, 2 ** -23),
    ])
    .filter((x) => !Number.isNaN(x));
}

export const SUM = (count: number) => ({
  type: 'sum' as const,
  base: Array.from({ length: count }, () => 0),
});

export function build(
  list: readonly Tree[],
  width: number,
  leafWidth: number,
  options: Partial<TreesOptions> = {},
): TreesSpec {
  return buildTrees(
    list.map((tree) => arraysOf(tree, leafWidth)),
    {
      precision: 'float32',
      comparison: '<=',
      missing: 'allow',
      infinite: 'allow',
      combine: SUM(leafWidth),
      width,
      leafWidth,
      ...options,
    },
  );
}

export function compile(spec: TreesSpec, input: Vector) {
  return trees.compile(spec, input, 'predictor', COMPILE_CONTEXT);
}

export function scoresOf(spec: TreesSpec, rows: readonly (readonly number[])[]): number[][] {
  const input = denseVector(rows[0]!.length);
  const predictor = compile(spec, input);
  return rows.map((row) => {
    input.values.set(row);
    predictor.run(1);
    return [...predictor.scores];
  });
}

export const STUMP: Tree = {
  feature: 0,
  threshold: 0.1,
  missing: 'left',
  left: { leaf: [1] },
  right: { leaf: [2] },
};

export function batchScores(spec: TreesSpec, rows: readonly (readonly number[])[]): number[][] {
  const input = denseVector(rows[0]!.length);
  const predictor = compile(spec, input);
  const { batch } = predictor;
  rows.forEach((row, i) => {
    input.values.set(row);
    batch!.hold(i);
  });
  batch!.run(rows.length);
  return rows.map((_, i) => {
    batch!.take(i);
    return [...predictor.scores];
  });
}
