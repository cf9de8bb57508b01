import type { TreeNodes } from '@inferserve/model';
import type { OnnxNode } from '../../files/onnx/onnx-model';
import { refuseNode } from './graph-walk';

/** The parallel arrays of a tree ensemble: one element for each node, and one for each weight of a leaf. */
export interface NodeArrays {
  readonly treeIds: readonly number[];
  readonly nodeIds: readonly number[];
  readonly features: readonly number[];
  readonly thresholds: readonly number[];
  readonly isLeaf: readonly boolean[];
  readonly trueIds: readonly number[];
  readonly falseIds: readonly number[];
  readonly missingTrue: readonly number[];
  readonly comparison: '<=' | '<';
  readonly takesMissing: boolean;
  readonly weightTrees: readonly number[];
  readonly weightNodes: readonly number[];
  readonly ids: readonly number[];
  readonly weights: readonly number[];
  readonly base: readonly number[];
}

/** @throws ModelImportError for arrays that differ in length, or comparisons of several kinds */
export function nodeArrays(node: OnnxNode, leaf: 'class' | 'target'): NodeArrays {
  const integers = (name: string) => node.attributes.get(name)?.integers ?? [];
  const numbers = (name: string) =>
    node.attributes.get(`${name}_as_tensor`)?.tensor?.numbers ??
    node.attributes.get(name)?.floats ??
    [];
  const modes = node.attributes.get('nodes_modes')?.strings ?? [];
  const isLeaf = modes.map((mode) => mode === 'LEAF');
  const branches = new Set(modes.filter((mode) => mode !== 'LEAF'));
  const [branch = 'BRANCH_LEQ'] = branches;
  if (branches.size > 1 || (branch !== 'BRANCH_LEQ' && branch !== 'BRANCH_LT')) {
    throw refuseNode(node, `compares by ${[...branches].join(' and ').slice(0, 60)}`);
  }
  const stated = integers('nodes_missing_value_tracks_true');
  const missingTrue = stated.length > 0 ? stated : modes.map(() => 0);
  const arrays: NodeArrays = {
    treeIds: integers('nodes_treeids'),
    nodeIds: integers('nodes_nodeids'),
    features: integers('nodes_featureids'),
    thresholds: numbers('nodes_values'),
    isLeaf,
    trueIds: integers('nodes_truenodeids'),
    falseIds: integers('nodes_falsenodeids'),
    missingTrue,
    comparison: branch === 'BRANCH_LT' ? '<' : '<=',
    takesMissing: missingTrue.some((flag) => flag !== 0),
    weightTrees: integers(`${leaf}_treeids`),
    weightNodes: integers(`${leaf}_nodeids`),
    ids: integers(`${leaf}_ids`),
    weights: numbers(`${leaf}_weights`),
    base: numbers('base_values'),
  };
  const { treeIds, nodeIds, features, thresholds, trueIds, falseIds } = arrays;
  const perNode = [treeIds, nodeIds, features, thresholds, trueIds, falseIds, missingTrue];
  const perWeight = [arrays.weightTrees, arrays.weightNodes, arrays.ids];
  if (
    modes.length === 0 ||
    perNode.some(({ length }) => length !== modes.length) ||
    perWeight.some(({ length }) => length !== arrays.weights.length)
  ) {
    throw refuseNode(node, 'has lists of nodes that differ in length');
  }
  return arrays;
}

/**
 * The trees in the order in which they first occur; the first node of each is its root.
 * @param scoreCount numbers of each leaf, by their ids; `undefined` where there is one, whatever its id
 */
export function ensembleTrees(
  node: OnnxNode,
  arrays: NodeArrays,
  scoreCount: number | undefined,
  width: number,
): TreeNodes[] {
  const rows = new Map<number, number[]>();
  for (const [row, tree] of arrays.treeIds.entries()) {
    const known = rows.get(tree);
    if (known) known.push(row);
    else rows.set(tree, [row]);
  }
  const weights = new Map<number, number[]>();
  for (const [row, tree] of arrays.weightTrees.entries()) {
    const known = weights.get(tree);
    if (known) known.push(row);
    else weights.set(tree, [row]);
  }
  return [...rows].map(([tree, nodes]) =>
    oneTree(node, arrays, nodes, weights.get(tree) ?? [], scoreCount, width),
  );
}

function oneTree(
  node: OnnxNode,
  arrays: NodeArrays,
  rows: readonly number[],
  weightRows: readonly number[],
  scoreCount: number | undefined,
  width: number,
): TreeNodes {
  const positions = new Map(rows.map((row, position) => [arrays.nodeIds[row]!, position]));
  if (positions.size !== rows.length) throw refuseNode(node, 'numbers two nodes of a tree alike');
  const child = (row: number, ids: readonly number[]): number => {
    if (arrays.isLeaf[row]) return -1;
    const position = positions.get(ids[row]!);
    if (position === undefined) throw refuseNode(node, 'has a child that does not exist');
    return position;
  };
  if (rows.some((row) => !arrays.isLeaf[row] && !(arrays.features[row]! < width))) {
    throw refuseNode(node, `tests a column beyond the ${width} that there are`);
  }
  const leafWidth = scoreCount ?? 1;
  const values = new Float64Array(rows.length * leafWidth);
  for (const row of weightRows) {
    const position = positions.get(arrays.weightNodes[row]!);
    const id = scoreCount === undefined ? 0 : arrays.ids[row]!;
    if (position === undefined || !(id >= 0 && id < leafWidth)) {
      throw refuseNode(node, 'has a weight of a leaf or class that does not exist');
    }
    const at = position * leafWidth + id;
    values[at] = values[at]! + arrays.weights[row]!;
  }
  return {
    left: rows.map((row) => child(row, arrays.trueIds)),
    right: rows.map((row) => child(row, arrays.falseIds)),
    feature: rows.map((row) => arrays.features[row]!),
    threshold: rows.map((row) => arrays.thresholds[row]!),
    missingLeft: rows.map((row) => arrays.missingTrue[row]!),
    values,
  };
}
