import type { CategorySetTable } from './category-set-table';
import type { LeafTable } from './leaf-table';
import { TreeStructureError } from './tree-structure.error';

/** One tree as libraries store it: parallel arrays over its nodes. */
export interface TreeNodes {
  /** Children by node; a negative left child marks a leaf. */
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  readonly feature: ArrayLike<number>;
  /** Not looked at for leaves and for tests of categories. */
  readonly threshold: ArrayLike<number>;
  /** Numbers of each leaf, node by node; those of inner nodes are not looked at. */
  readonly values: ArrayLike<number>;
  /** Other than 0 where missing values go left; absent where they go right everywhere. */
  readonly missingLeft?: ArrayLike<number> | undefined;
  /** How many training rows came by, or their weight: the larger child is stored nearer. */
  readonly weight?: ArrayLike<number> | undefined;
  /** The listed category codes of nodes that test a category, by node. */
  readonly categories?: ReadonlyMap<number, Iterable<number>> | undefined;
  /** 0 where it is absent. */
  readonly root?: number | undefined;
}

/** The nodes of one tree in the order and coding of a `trees` predictor. */
interface OrderedTree {
  readonly left: Int32Array;
  readonly tests: Int32Array;
  readonly thresholds: Float64Array;
  /** What came by each node; 0 where the tree does not say. */
  readonly cover: Float64Array;
}

/**
 * Walks one tree from its root and stores what it meets: children side by side, the larger one's subtree first.
 * @throws TreeStructureError where it meets a node twice or one that does not exist
 */
export function orderTree(
  tree: TreeNodes,
  place: { readonly index: number; readonly offset: number; readonly width: number },
  leaves: LeafTable,
  sets: CategorySetTable | undefined,
): OrderedTree {
  const { left, right, weight, root = 0 } = tree;
  const size = left.length;
  const fail = (node: number, problem: string): never => {
    throw new TreeStructureError(place.index, node, problem);
  };
  const positions = new Int32Array(size).fill(-1);
  const ordered = {
    left: new Int32Array(size),
    tests: new Int32Array(size),
    thresholds: new Float64Array(size),
    cover: new Float64Array(size),
  };
  if (!(root >= 0 && root < size)) fail(root, 'does not exist');
  positions[root] = 0;
  let count = 1;
  const claim = (parent: number, child: number, position: number) => {
    if (!(Number.isInteger(child) && child >= 0 && child < size)) {
      fail(parent, `has a child that does not exist`);
    }
    if (positions[child] !== -1) fail(parent, `has a child that another node has too`);
    positions[child] = position;
  };
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const position = positions[node]!;
    ordered.cover[position] = weight?.[node] ?? 0;
    if (left[node]! < 0) {
      ordered.thresholds[position] = leafRow(tree, node, leaves, fail);
      continue;
    }
    const [near, far] =
      weight && weight[right[node]!]! > weight[left[node]!]!
        ? [right[node]!, left[node]!]
        : [left[node]!, right[node]!];
    claim(node, left[node]!, count);
    claim(node, right[node]!, count + 1);
    ordered.left[position] = place.offset + count;
    count += 2;
    const split = splitOf(tree, node, place.width, sets, fail);
    ordered.tests[position] = split.test;
    ordered.thresholds[position] = split.threshold;
    pending.push(far, near);
  }
  return {
    left: ordered.left.subarray(0, count),
    tests: ordered.tests.subarray(0, count),
    thresholds: ordered.thresholds.subarray(0, count),
    cover: ordered.cover.subarray(0, count),
  };
}

type Fail = (node: number, problem: string) => never;

function leafRow({ values }: TreeNodes, node: number, leaves: LeafTable, fail: Fail): number {
  const start = node * leaves.width;
  for (let k = 0; k < leaves.width; k++) {
    if (!Number.isFinite(values[start + k]))
      fail(node, 'is a leaf whose value is no finite number');
  }
  return leaves.add(values, start);
}

function splitOf(
  { feature, threshold, missingLeft, categories }: TreeNodes,
  node: number,
  width: number,
  sets: CategorySetTable | undefined,
  fail: Fail,
): { readonly test: number; readonly threshold: number } {
  const position = feature[node]!;
  if (!(Number.isInteger(position) && position >= 0 && position < width)) {
    fail(node, `tests a feature that does not exist: there are ${width}`);
  }
  const missing = missingLeft && Number(missingLeft[node]) !== 0 ? 2 : 1;
  const codes = categories?.get(node);
  if (!codes) {
    const limit = threshold[node]!;
    if (!(limit > -Infinity)) fail(node, 'has no threshold');
    return { test: 2 * position + missing, threshold: limit };
  }
  const set = sets?.add(position, codes) ?? fail(node, 'tests categories that are no codes');
  return { test: 2 * (width + set) + missing, threshold: 0 };
}
