import type { JsonNode } from '../../files/json/json-node';
import { NodeList } from './node-list';
import type { SplitReader } from './split-reader';

/** As many as CatBoost allows. */
const MAX_LEVELS = 16;

/**
 * A symmetric tree, which asks one question for each level, as an ordinary one. Bit i of a leaf's number is the
 * answer to question i; the nodes of a level stand together, by the number of the answers so far.
 */
export function symmetricTree(tree: JsonNode, scoreCount: number, reader: SplitReader): NodeList {
  const list = tree.get('splits');
  const questions = list.exists ? list.list().map((split) => reader.read(split)) : [];
  if (questions.length > MAX_LEVELS) throw list.fault(`has more than ${MAX_LEVELS} levels`);
  const leafCount = 2 ** questions.length;
  const leaves = numbersOf(tree.get('leaf_values'), leafCount * scoreCount);
  const stated = tree.get('leaf_weights');
  const weights = stated.exists ? numbersOf(stated, leafCount) : undefined;
  const nodes = new NodeList(2 * leafCount - 1, scoreCount);
  for (const [level, question] of questions.entries()) {
    const width = 2 ** level;
    for (let answers = 0; answers < width; answers++) {
      const below = 2 * width - 1 + answers;
      nodes.split(width - 1 + answers, question, below, below + width);
    }
  }
  for (let leaf = 0; leaf < leafCount; leaf++) {
    const values = leaves.subarray(leaf * scoreCount, (leaf + 1) * scoreCount);
    nodes.leaf(leafCount - 1 + leaf, values, weights?.[leaf] ?? 0);
  }
  return nodes;
}

function numbersOf(node: JsonNode, count: number): Float64Array {
  const numbers = node.numbers();
  if (numbers.length === count) return numbers;
  throw node.fault(`does not have ${count} numbers`);
}
