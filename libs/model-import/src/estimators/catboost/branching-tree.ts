import type { JsonNode } from '../../files/json/json-node';
import { NodeList } from './node-list';
import type { SplitReader } from './split-reader';

/** A tree of any form (grow_policy Depthwise and Lossguide): true goes right. */
export function branchingTree(tree: JsonNode, scoreCount: number, reader: SplitReader): NodeList {
  const found = [tree];
  const firstChildren: number[] = [];
  for (let i = 0; i < found.length; i++) {
    const node = found[i]!;
    if (node.get('value').exists) continue;
    if (!node.get('split').exists) throw node.fault('is neither a leaf nor a split');
    firstChildren[i] = found.length;
    found.push(node.get('left'), node.get('right'));
  }
  const nodes = new NodeList(found.length, scoreCount);
  for (const [i, node] of found.entries()) {
    const child = firstChildren[i];
    if (child !== undefined) nodes.split(i, reader.read(node.get('split')), child, child + 1);
    else nodes.leaf(i, leafValues(node, scoreCount), weightOf(node));
  }
  return nodes;
}

function leafValues(leaf: JsonNode, scoreCount: number): ArrayLike<number> {
  const value = leaf.get('value');
  const numbers = typeof value.value === 'number' ? [value.value] : value.numbers();
  if (numbers.length === scoreCount) return numbers;
  throw value.fault(`does not have ${scoreCount} numbers`);
}

function weightOf(leaf: JsonNode): number {
  return leaf.get('weight').exists ? leaf.get('weight').number() : 0;
}
