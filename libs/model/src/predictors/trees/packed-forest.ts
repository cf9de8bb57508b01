import type { CheckedTrees } from './check-trees';
import { thresholdKey } from './float32-order';
import { type Forest, GROUP_SIZE, groupTrees, MAX_FIXED_STEPS } from './forest';
import type { SlotPlan } from './slot-plan';

/**
 * Trees that compare float32 rows, 8 bytes a node: the key of the threshold (for a leaf the position of its
 * numbers), then `position of the left child << slot bits | slot`. `undefined` where 32 bits do not suffice.
 */
export function packForest(
  trees: CheckedTrees,
  plan: SlotPlan,
  comparison: '<=' | '<',
): Forest<Int32Array> | undefined {
  const { left, tests, thresholds, leafWidth, leaves, nodeCount } = trees;
  const slotBits = 32 - Math.clz32(plan.count - 1);
  if (2 * nodeCount > 2 ** (32 - slotBits) || leaves.length > 2 ** 31) return undefined;
  const nodes = new Int32Array(2 * nodeCount);
  for (let i = 0; i < nodeCount; i++) {
    const isLeaf = left[i] === 0;
    nodes[2 * i] = isLeaf ? thresholds[i]! * leafWidth : thresholdKey(thresholds[i]!, comparison);
    nodes[2 * i + 1] = ((2 * (isLeaf ? i : left[i]!)) << slotBits) | plan.slotOfTest[tests[i]!]!;
  }
  const { starts, steps, roots, depths } = groupTrees(trees, (node) => 2 * node);
  return {
    descend(slots, reached) {
      descendTrees(nodes, slotBits, starts, steps, slots, reached);
    },
    descendBlock(tree, slots, stride, count, reached) {
      descendRows(nodes, slotBits, roots[tree]!, depths[tree]!, slots, stride, count, reached);
    },
  };
}

// `Number(a > b) << 1` compiles without a jump; `a > b ? 2 : 0` would double the time, because which way a row
// goes cannot be predicted. Four descents at once hide the time that each waits for its node.

function descendTrees(
  nodes: Int32Array,
  slotBits: number,
  starts: Int32Array,
  steps: Int32Array,
  slots: Int32Array,
  reached: Int32Array,
): void {
  const mask = (1 << slotBits) - 1;
  for (let t = 0; t < starts.length; t += GROUP_SIZE) {
    let a = starts[t]!;
    let b = starts[t + 1]!;
    let c = starts[t + 2]!;
    let d = starts[t + 3]!;
    const groupSteps = steps[t >> 2]!;
    const testsArrival = groupSteps > MAX_FIXED_STEPS;
    for (let step = 0; step < groupSteps; step++) {
      const p = nodes[a + 1]!;
      const q = nodes[b + 1]!;
      const r = nodes[c + 1]!;
      const s = nodes[d + 1]!;
      if (testsArrival && ((p | q | r | s) & mask) === 0) break;
      a = (p >>> slotBits) + (Number(slots[p & mask]! > nodes[a]!) << 1);
      b = (q >>> slotBits) + (Number(slots[q & mask]! > nodes[b]!) << 1);
      c = (r >>> slotBits) + (Number(slots[r & mask]! > nodes[c]!) << 1);
      d = (s >>> slotBits) + (Number(slots[s & mask]! > nodes[d]!) << 1);
    }
    reached[t] = nodes[a]!;
    reached[t + 1] = nodes[b]!;
    reached[t + 2] = nodes[c]!;
    reached[t + 3] = nodes[d]!;
  }
}

function descendRows(
  nodes: Int32Array,
  slotBits: number,
  root: number,
  depth: number,
  slots: Int32Array,
  stride: number,
  count: number,
  reached: Int32Array,
): void {
  const mask = (1 << slotBits) - 1;
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
      const p = nodes[a + 1]!;
      const q = nodes[b + 1]!;
      const r = nodes[c + 1]!;
      const s = nodes[d + 1]!;
      if (testsArrival && ((p | q | r | s) & mask) === 0) break;
      a = (p >>> slotBits) + (Number(slots[i + (p & mask)]! > nodes[a]!) << 1);
      b = (q >>> slotBits) + (Number(slots[j + (q & mask)]! > nodes[b]!) << 1);
      c = (r >>> slotBits) + (Number(slots[k + (r & mask)]! > nodes[c]!) << 1);
      d = (s >>> slotBits) + (Number(slots[l + (s & mask)]! > nodes[d]!) << 1);
    }
    reached[row] = nodes[a]!;
    reached[row + 1] = nodes[b]!;
    reached[row + 2] = nodes[c]!;
    reached[row + 3] = nodes[d]!;
  }
}
