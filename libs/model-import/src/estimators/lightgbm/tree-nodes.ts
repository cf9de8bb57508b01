import type { TreeNodes } from '@inferserve/model';
import type { TextBlock } from '../../files/lightgbm/lightgbm-text';
import { boosterFault, numbersOf } from './booster';

const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const MISSING_TYPES = ['none', 'zero', 'nan'] as const;

/** What counts as missing in a split. */
export type MissingType = (typeof MISSING_TYPES)[number];

/** The nodes of one tree, and what counts as missing in its splits of numbers. */
export interface ParsedTree {
  readonly nodes: TreeNodes;
  readonly missingTypes: ReadonlySet<MissingType>;
  /** Features whose categories its splits test. */
  readonly categorical: ReadonlySet<number>;
}

/**
 * One `Tree=` block: inner nodes first, then the leaves, whose references in the file are the complements of
 * their numbers.
 */
export function parseTree(tree: TextBlock, index: number): ParsedTree {
  const fault = (problem: string) => boosterFault(problem, `tree ${index}`);
  const leafCount = Number(tree.get('num_leaves'));
  if (!Number.isInteger(leafCount) || leafCount < 1) throw fault('does not state its leaves');
  const inner = leafCount - 1;
  const read = (key: string, count: number) => numbersOf(tree, key, count, index);
  const leaves = read('leaf_value', leafCount);
  const size = inner + leafCount;
  const values = new Float64Array(size);
  values.set(leaves, inner);
  if (inner === 0) {
    // The count of a lone leaf is often left out, and no share depends on it.
    const weight = [1];
    const nodes = { left: [-1], right: [-1], feature: [0], threshold: [0], values, weight };
    return { nodes, missingTypes: new Set(), categorical: new Set() };
  }
  const children = (key: string): Int32Array => {
    const all = new Int32Array(size).fill(-1);
    for (const [node, child] of read(key, inner).entries()) {
      const at = child >= 0 ? child : inner - 1 - child;
      if (!Number.isInteger(child) || at >= size) throw fault('has a child that does not exist');
      all[node] = at;
    }
    return all;
  };
  const features = read('split_feature', inner);
  const decisions = Int32Array.from(read('decision_type', inner));
  const thresholds = read('threshold', inner);
  const missingLeft = new Uint8Array(size);
  const missingTypes = new Set<MissingType>();
  const categories = new Map<number, readonly number[]>();
  const categorical = new Set<number>();
  const setOf = categorySets(tree, index);
  for (const [node, decision] of decisions.entries()) {
    if (decision & CATEGORICAL) {
      categories.set(node, setOf(thresholds[node]!));
      categorical.add(features[node]!);
      continue;
    }
    const missing = MISSING_TYPES[(decision >> 2) & 3];
    if (missing === undefined) throw fault('has a kind of missing values that is not known');
    missingTypes.add(missing);
    // Where nothing is missing, NaN is read as 0.
    const isLeft = missing === 'none' ? thresholds[node]! >= 0 : (decision & DEFAULT_LEFT) !== 0;
    missingLeft[node] = Number(isLeft);
  }
  const nodes: TreeNodes = {
    left: children('left_child'),
    right: children('right_child'),
    feature: padded(features, size),
    threshold: padded(thresholds, size),
    values,
    missingLeft,
    categories,
    ...(tree.has('internal_count') &&
      tree.has('leaf_count') && {
        weight: [...read('internal_count', inner), ...read('leaf_count', leafCount)],
      }),
  };
  return { nodes, missingTypes, categorical };
}

/** The listed codes of each set of categories: bits in words of 32. */
function categorySets(tree: TextBlock, index: number): (set: number) => readonly number[] {
  const count = Number(tree.get('num_cat') ?? 0);
  if (count === 0) {
    return () => {
      throw boosterFault('tests a set of categories that does not exist', `tree ${index}`);
    };
  }
  const boundaries = numbersOf(tree, 'cat_boundaries', count + 1, index);
  const words = numbersOf(tree, 'cat_threshold', boundaries[count]!, index);
  return (set) => {
    const [start, end] = [boundaries[set], boundaries[set + 1]];
    if (
      start === undefined ||
      end === undefined ||
      !(start >= 0 && start <= end && end <= words.length)
    ) {
      throw boosterFault('tests a set of categories that does not exist', `tree ${index}`);
    }
    const codes: number[] = [];
    for (let word = start; word < end; word++) {
      for (let bit = 0; bit < 32; bit++) {
        if ((words[word]! >>> bit) & 1) codes.push((word - start) * 32 + bit);
      }
    }
    return codes;
  };
}

function padded(numbers: Float64Array, size: number): Float64Array {
  const all = new Float64Array(size);
  all.set(numbers);
  return all;
}
