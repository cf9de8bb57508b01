import type { CheckedTrees } from './check-trees';
import { nextBelow } from './float32-order';
import { type Forest, GROUP_SIZE, groupTrees, MAX_FIXED_STEPS } from './forest';
import type { SlotPlan } from './slot-plan';

/**
 * Trees that compare doubles, and those that are too large for 8 bytes a node. NaN goes right, because it is
 * not `<=` any threshold.
 */
export function wideForest(
  trees: CheckedTrees,
  plan: SlotPlan,
  comparison: '<=' | '<',
): Forest<Float64Array> {
  const { left, tests, leafWidth, nodeCount } = trees;
  const nodes: Nodes = {
    thresholds: new Float64Array(nodeCount),
    children: new Int32Array(nodeCount),
    slotOf: new Int32Array(nodeCount),
    positions: new Int32Array(nodeCount),
  };
  for (let i = 0; i < nodeCount; i++) {
    const threshold = trees.thresholds[i]!;
    nodes.slotOf[i] = plan.slotOfTest[tests[i]!]!;
    nodes.children[i] = left[i] === 0 ? i : left[i]!;
    if (left[i] === 0) nodes.positions[i] = threshold * leafWidth;
    else nodes.thresholds[i] = comparison === '<' ? nextBelow(threshold) : threshold;
  }
  const { starts, steps, roots, depths } = groupTrees(trees, (node) => node);
  return {
    descend(slots, reached) {
      descendTrees(nodes, starts, steps, slots, reached);
    },
    descendBlock(tree, slots, stride, count, reached) {
      descendRows(nodes, roots[tree]!, depths[tree]!, slots, stride, count, reached);
    },
  };
}

interface Nodes {
  readonly thresholds: Float64Array;
  /** Left child; a leaf leads to itself. */
  readonly children: Int32Array;
  readonly slotOf: Int32Array;
  /** Where the numbers of a leaf start. */
  readonly positions: Int32Array;
}

// For the shape of both loops see packed-forest.ts.

function descendTrees(
  { thresholds, children, slotOf, positions }: Nodes,
  starts: Int32Array,
  steps: Int32Array,
  slots: Float64Array,
  reached: Int32Array,
): void {
  for (let t = 0; t < starts.length; t += GROUP_SIZE) {
    let a = starts[t]!;
    let b = starts[t + 1]!;
    let c = starts[t + 2]!;
    let d = starts[t + 3]!;
    const groupSteps = steps[t >> 2]!;
    const testsArrival = groupSteps > MAX_FIXED_STEPS;
    for (let step = 0; step < groupSteps; step++) {
      const p = slotOf[a]!;
      const q = slotOf[b]!;
      const r = slotOf[c]!;
      const s = slotOf[d]!;
      if (testsArrival && (p | q | r | s) === 0) break;
      a = children[a]! + Number(!(slots[p]! <= thresholds[a]!));
      b = children[b]! + Number(!(slots[q]! <= thresholds[b]!));
      c = children[c]! + Number(!(slots[r]! <= thresholds[c]!));
      d = children[d]! + Number(!(slots[s]! <= thresholds[d]!));
    }
    reached[t] = positions[a]!;
    reached[t + 1] = positions[b]!;
    reached[t + 2] = positions[c]!;
    reached[t + 3] = positions[d]!;
  }
}

function descendRows(
  { thresholds, children, slotOf, positions }: Nodes,
  root: number,
  depth: number,
  slots: Float64Array,
  stride: number,
  count: number,
  reached: Int32Array,
): void {
  const testsArrival = depth > MAX_FIXED_STEPS;
  for (let row = 0; row < count; row += GROUP_SIZE) {
    const i = row * stride;
    const j = i + stride;
    const k = j + stride;
    const l = k + stride;
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    for (let step = 0; step < depth; step++) {
      const p = slotOf[a]!;
      const q = slotOf[b]!;
      const r = slotOf[c]!;
      const s = slotOf[d]!;
      if (testsArrival && (p | q | r | s) === 0) break;
      a = children[a]! + Number(!(slots[i + p]! <= thresholds[a]!));
      b = children[b]! + Number(!(slots[j + q]! <= thresholds[b]!));
      c = children[c]! + Number(!(slots[k + r]! <= thresholds[c]!));
      d = children[d]! + Number(!(slots[l + s]! <= thresholds[d]!));
    }
    reached[row] = positions[a]!;
    reached[row + 1] = positions[b]!;
    reached[row + 2] = positions[c]!;
    reached[row + 3] = positions[d]!;
  }
}
