/** A tree as it is explained; its nodes are numbers. */
export interface ExplainedTree {
  /** Left child of each node, the right one stands behind it; 0 for a leaf. */
  readonly left: Int32Array;
  /** The input position that a node tests. */
  position(node: number): number;
  /** The share of the training rows at `parent` that went on to `child`. */
  share(child: number, parent: number): number;
  /** Where the row goes that is explained. */
  goesRight(node: number): boolean;
}

/**
 * TreeSHAP with path-dependent expectations: Lundberg, Erion and Lee, "Consistent Individualized Feature Attribution for
 * Tree Ensembles" (2018), algorithm 2. It gives the Shapley values of the game in which the value of a set of positions is
 * the mean of the leaves that a row may reach when the splits on all other positions send it both ways, by the shares of
 * the training rows.
 */
export class TreeShap {
  /** The path to each ancestor of the current node, one behind the other. */
  private readonly positions: Int32Array;
  /** The share of subsets that pass without the position, whether the row passes with it, and the weight of sizes. */
  private readonly zeros: Float64Array;
  private readonly ones: Float64Array;
  private readonly weights: Float64Array;

  /** @param depth of the deepest tree */
  constructor(
    private readonly tree: ExplainedTree,
    depth: number,
  ) {
    const size = ((depth + 2) * (depth + 3)) / 2;
    this.positions = new Int32Array(size);
    this.zeros = new Float64Array(size);
    this.ones = new Float64Array(size);
    this.weights = new Float64Array(size);
  }

  /** Adds what each position contributes to the value of the tree at `root`; returns the expected value. */
  explain(root: number, value: (leaf: number) => number, contributions: Float64Array): number {
    this.descend(root, 0, 0, 1, 1, -1, value, contributions);
    return this.expected(root, value);
  }

  private expected(node: number, value: (leaf: number) => number): number {
    const child = this.tree.left[node]!;
    if (child === 0) return value(node);
    return (
      this.tree.share(child, node) * this.expected(child, value) +
      this.tree.share(child + 1, node) * this.expected(child + 1, value)
    );
  }

  private descend(
    node: number,
    at: number,
    depth: number,
    zero: number,
    one: number,
    position: number,
    value: (leaf: number) => number,
    contributions: Float64Array,
  ): void {
    const { positions, zeros, ones, tree } = this;
    this.extend(at, depth, zero, one, position);
    const child = tree.left[node]!;
    if (child === 0) {
      for (let i = 1; i <= depth; i++) {
        const weight = this.weightWithout(at, depth, i);
        contributions[positions[at + i]!]! +=
          weight * (ones[at + i]! - zeros[at + i]!) * value(node);
      }
      return;
    }
    const tested = tree.position(node);
    let length = depth;
    let [zeroBefore, oneBefore] = [1, 1];
    for (let i = 1; i <= depth; i++) {
      if (positions[at + i] !== tested) continue;
      [zeroBefore, oneBefore] = [zeros[at + i]!, ones[at + i]!];
      this.unwind(at, depth, i);
      length -= 1;
      break;
    }
    const goesRight = tree.goesRight(node);
    for (const [next, isTaken] of [
      [child, !goesRight],
      [child + 1, goesRight],
    ] as const) {
      const zeroNext = tree.share(next, node) * zeroBefore;
      const nextAt = at + length + 1;
      this.copy(at, nextAt, length);
      this.descend(
        next,
        nextAt,
        length + 1,
        zeroNext,
        isTaken ? oneBefore : 0,
        tested,
        value,
        contributions,
      );
    }
  }

  private copy(from: number, to: number, depth: number): void {
    for (const array of [this.positions, this.zeros, this.ones, this.weights]) {
      array.copyWithin(to, from, from + depth + 1);
    }
  }

  private extend(at: number, depth: number, zero: number, one: number, position: number): void {
    const { weights } = this;
    this.positions[at + depth] = position;
    this.zeros[at + depth] = zero;
    this.ones[at + depth] = one;
    weights[at + depth] = depth === 0 ? 1 : 0;
    for (let i = depth - 1; i >= 0; i--) {
      weights[at + i + 1]! += (one * weights[at + i]! * (i + 1)) / (depth + 1);
      weights[at + i] = (zero * weights[at + i]! * (depth - i)) / (depth + 1);
    }
  }

  /** Takes entry `index` out of the path again. */
  private unwind(at: number, depth: number, index: number): void {
    const { positions, zeros, ones, weights } = this;
    const [zero, one] = [zeros[at + index]!, ones[at + index]!];
    let next = weights[at + depth]!;
    for (let j = depth - 1; j >= 0; j--) {
      if (one === 0) {
        weights[at + j] = (weights[at + j]! * (depth + 1)) / (zero * (depth - j));
        continue;
      }
      const weight = weights[at + j]!;
      weights[at + j] = (next * (depth + 1)) / ((j + 1) * one);
      next = weight - (weights[at + j]! * zero * (depth - j)) / (depth + 1);
    }
    for (let j = index; j < depth; j++) {
      positions[at + j] = positions[at + j + 1]!;
      zeros[at + j] = zeros[at + j + 1]!;
      ones[at + j] = ones[at + j + 1]!;
    }
  }

  /** The sum of the weights once entry `index` is taken out, which stays. */
  private weightWithout(at: number, depth: number, index: number): number {
    const { weights } = this;
    const [zero, one] = [this.zeros[at + index]!, this.ones[at + index]!];
    let next = weights[at + depth]!;
    let total = 0;
    for (let j = depth - 1; j >= 0; j--) {
      if (one === 0) {
        total += (weights[at + j]! * (depth + 1)) / (zero * (depth - j));
        continue;
      }
      const weight = (next * (depth + 1)) / ((j + 1) * one);
      total += weight;
      next = weights[at + j]! - (weight * zero * (depth - j)) / (depth + 1);
    }
    return total;
  }
}
