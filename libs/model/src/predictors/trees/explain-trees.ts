import { float64Values, int32Values, type NumericArray } from '../../artifact/numeric-array';
import type { Explainer } from '../../compile/compiled-parts';
import type { CheckedTrees } from './check-trees';
import { nextBelow } from './float32-order';
import type { SlotRow } from './slot-row';
import { type ExplainedTree, quadraturePoints, TreeShap } from './tree-shap';
import type { SumSpec, TreesSpec } from './trees-spec';

/** How the row stands when the trees read it. */
interface TestedRow {
  readonly row: SlotRow<Float64Array>;
  readonly slotOfTest: Int32Array;
  /** Position of the input that a test reads. */
  positionOf(test: number): number;
  /** Number of positions. */
  readonly width: number;
}

/** Nodes times points of the quadrature, which take 10 ns each: no request may hold the others longer than 50 ms. */
const MAX_STEPS = 5_000_000;

/** Levels of the recursion. */
const MAX_DEPTH = 1000;

/**
 * Steps of 10 ns that explaining a row of these trees over `width` positions takes; `undefined` where it would take
 * more than a server may spend on it.
 */
export function explanationSteps(
  { depths, nodeCount }: CheckedTrees,
  width: number,
): number | undefined {
  const depth = deepest(depths);
  if (depth > MAX_DEPTH) return undefined;
  const steps = nodeCount * quadraturePoints(depth, width);
  return steps <= MAX_STEPS ? steps : undefined;
}

function deepest(depths: Int32Array): number {
  return depths.reduce((most, depth) => Math.max(most, depth), 0);
}

/**
 * Splits a sum of trees: contributions of trees add up, so each tree is explained by itself. Costs O(nodes × depth)
 * for each call.
 */
export function explainTrees(
  { comparison, treeScores }: Pick<TreesSpec, 'comparison' | 'treeScores'>,
  coverArray: NumericArray,
  { base: baseArray, divisor = 1 }: SumSpec,
  { roots, left, tests, thresholds, leaves, leafWidth, depths }: CheckedTrees,
  { row, slotOfTest, positionOf, width }: TestedRow,
): Explainer {
  const cover = float64Values(coverArray);
  const base = float64Values(baseArray);
  const targets = treeScores && int32Values(treeScores);
  const tree: ExplainedTree = {
    left,
    position: (node) => positionOf(tests[node]!),
    share: (child, parent) => cover[child]! / cover[parent]!,
    goesRight(node) {
      const threshold = thresholds[node]!;
      const limit = comparison === '<' ? nextBelow(threshold) : threshold;
      return !(row.slots[slotOfTest[tests[node]!]!]! <= limit);
    },
  };
  const shap = new TreeShap(tree, deepest(depths), width);
  return {
    explain(index, contributions) {
      contributions.fill(0);
      row.fill();
      let expected = base[index]!;
      for (const [t, root] of roots.entries()) {
        if (targets && targets[t] !== index) continue;
        const column = targets ? 0 : index;
        const value = (node: number): number => leaves[thresholds[node]! * leafWidth + column]!;
        expected += shap.explain(root, value, contributions);
      }
      for (let j = 0; j < contributions.length; j++) contributions[j] = contributions[j]! / divisor;
      return expected / divisor;
    },
  };
}
