import type { CheckedTrees } from './check-trees';

/** Trees in a form that many of them, or many rows, can descend at once. */
export interface Forest<Slots extends Int32Array | Float64Array = Int32Array | Float64Array> {
  /** Writes the leaf that the row reaches in each tree: the position of its first number in `leaves`. */
  descend(slots: Slots, reached: Int32Array): void;
  /** Writes the leaf that each of `count` rows reaches in one tree; row i starts at `slots[i * stride]`. */
  descendBlock(
    tree: number,
    slots: Slots,
    stride: number,
    count: number,
    reached: Int32Array,
  ): void;
}

/** Trees, and rows, that descend together; measured: 4 are faster than 1, 2 or 16, and 8 are no better. */
export const GROUP_SIZE = 4;

/**
 * Up to this depth a fixed number of steps is faster than a test whether all have arrived; a leaf leads to
 * itself, so that surplus steps do nothing.
 */
export const MAX_FIXED_STEPS = 12;

/** Groups of trees: where each starts, and how many steps the deepest of each group takes. */
export interface Groups {
  /** Padded to whole groups with a leaf. */
  readonly starts: Int32Array;
  readonly steps: Int32Array;
  /** Where each tree starts and how deep it is, without padding. */
  readonly roots: Int32Array;
  readonly depths: Int32Array;
}

/** Groups trees; `position` says where a node of the spec stands in the form. */
export function groupTrees(
  { roots, left, depths }: CheckedTrees,
  position: (node: number) => number,
): Groups {
  const groupCount = Math.ceil(roots.length / GROUP_SIZE);
  const starts = new Int32Array(groupCount * GROUP_SIZE).fill(position(left.indexOf(0)));
  const steps = new Int32Array(groupCount);
  for (let t = 0; t < roots.length; t++) {
    const group = Math.floor(t / GROUP_SIZE);
    starts[t] = position(roots[t]!);
    steps[group] = Math.max(steps[group]!, depths[t]!);
  }
  return { starts, steps, roots: starts.slice(0, roots.length), depths };
}
