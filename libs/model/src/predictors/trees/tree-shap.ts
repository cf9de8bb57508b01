import { gaussLegendre, type Quadrature } from './gauss-legendre';

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

/** Points that integrate what a path of `depth` tests of `width` positions leads to: one factor for each position but one. */
export function quadraturePoints(depth: number, width: number): number {
  return Math.max(1, Math.ceil(Math.min(depth, width) / 2));
}

/**
 * TreeSHAP with path-dependent expectations: Lundberg, Erion and Lee, "Consistent Individualized Feature Attribution for
 * Tree Ensembles" (2018). It gives the Shapley values of the game in which the value of a set of positions is the mean of
 * the leaves that a row may reach when the splits on all other positions send it both ways, by the shares of the training
 * rows.
 *
 * Not by their algorithm 2, whose subtractions lose all digits on paths that test about 100 positions: for a leaf the
 * Shapley value of a position is the integral from 0 to 1 over the product of `zero (1 - t) + one t` of all others, times
 * its own `one - zero`. That product is a polynomial, which a quadrature of positive terms integrates exactly.
 */
export class TreeShap {
  private readonly quadrature: Quadrature;
  /** By position: the share of training rows that pass its splits on the path, and whether the row does. */
  private readonly zeros: Float64Array;
  private readonly ones: Float64Array;
  /** For each level of the path and each point: the product of all factors, and the sum over the leaves below. */
  private readonly products: Float64Array;
  private readonly sums: Float64Array;

  /**
   * @param depth of the deepest tree
   * @param width number of positions
   */
  constructor(
    private readonly tree: ExplainedTree,
    depth: number,
    width: number,
  ) {
    const count = quadraturePoints(depth, width);
    this.quadrature = gaussLegendre(count);
    this.zeros = new Float64Array(width).fill(1);
    this.ones = new Float64Array(width).fill(1);
    this.products = new Float64Array((depth + 1) * count).fill(1, 0, count);
    this.sums = new Float64Array((depth + 1) * count);
  }

  /** Adds what each position contributes to the value of the tree at `root`; returns the expected value. */
  explain(root: number, value: (leaf: number) => number, contributions: Float64Array): number {
    this.descend(root, 0, value, contributions);
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

  /** Leaves at its level of `sums` the values of the leaves below, times their products. */
  private descend(
    node: number,
    level: number,
    value: (leaf: number) => number,
    contributions: Float64Array,
  ): void {
    const { tree, zeros, ones, products, sums } = this;
    const { points, weights } = this.quadrature;
    const count = points.length;
    const at = level * count;
    const child = tree.left[node]!;
    if (child === 0) {
      const own = value(node);
      for (let q = at; q < at + count; q++) sums[q] = own * products[q]!;
      return;
    }
    const below = at + count;
    const position = tree.position(node);
    const [zero, one] = [zeros[position]!, ones[position]!];
    const taken = tree.goesRight(node) ? child + 1 : child;
    sums.fill(0, at, below);
    for (let next = child; next <= child + 1; next++) {
      const zeroNext = zero * tree.share(next, node);
      const oneNext = next === taken ? one : 0;
      // Underflow, after hundreds of splits on one position: no leaf below counts.
      if (zeroNext === 0 && oneNext === 0) continue;
      for (let q = 0; q < count; q++) {
        const t = points[q]!;
        const factor = zero + (one - zero) * t;
        products[below + q] = (products[at + q]! / factor) * (zeroNext + (oneNext - zeroNext) * t);
      }
      zeros[position] = zeroNext;
      ones[position] = oneNext;
      this.descend(next, level + 1, value, contributions);
      let part = 0;
      for (let q = 0; q < count; q++) {
        const t = points[q]!;
        const sum = sums[below + q]!;
        sums[at + q]! += sum;
        // The split before on this position counted these leaves with its own factor.
        const before = (one - zero) / (zero + (one - zero) * t);
        part +=
          weights[q]! *
          sum *
          ((oneNext - zeroNext) / (zeroNext + (oneNext - zeroNext) * t) - before);
      }
      contributions[position]! += part;
    }
    zeros[position] = zero;
    ones[position] = one;
  }
}
