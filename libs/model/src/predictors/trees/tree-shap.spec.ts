import { type ExplainedTree, TreeShap } from './tree-shap';

/** A tree in nested form: a leaf is its value, with the training rows that it got. */
type Node =
  | { readonly value: number; readonly rows: number }
  | { readonly position: number; readonly left: Node; readonly right: Node };

const leaf = (value: number, rows: number): Node => ({ value, rows });
const split = (position: number, left: Node, right: Node): Node => ({ position, left, right });
const rowsOf = (node: Node): number =>
  'rows' in node ? node.rows : rowsOf(node.left) + rowsOf(node.right);

/** The row goes right at every test of these positions, left at others. */
type GoesRight = ReadonlySet<number>;

/** The value of a set of positions: splits on others send the row both ways, by the shares of the training rows. */
function valueOf(node: Node, known: ReadonlySet<number>, right: GoesRight): number {
  if ('value' in node) return node.value;
  if (known.has(node.position)) {
    return valueOf(right.has(node.position) ? node.right : node.left, known, right);
  }
  const [l, r] = [rowsOf(node.left), rowsOf(node.right)];
  return (l * valueOf(node.left, known, right) + r * valueOf(node.right, known, right)) / (l + r);
}

/** Shapley's definition, over all subsets. */
function shapley(node: Node, width: number, right: GoesRight): number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return Array.from({ length: width }, (_, j) => {
    let sum = 0;
    for (let mask = 0; mask < 2 ** width; mask++) {
      if (mask & (1 << j)) continue;
      const set = new Set(
        Array.from({ length: width }, (__, i) => i).filter((i) => mask & (1 << i)),
      );
      const weight = (factorial(set.size) * factorial(width - set.size - 1)) / factorial(width);
      sum += weight * (valueOf(node, new Set([...set, j]), right) - valueOf(node, set, right));
    }
    return sum;
  });
}

/** The same tree in arrays. */
function flattened(root: Node, right: GoesRight) {
  const nodes: Node[] = [root];
  const left: number[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    if ('value' in node) {
      left.push(0);
      continue;
    }
    left.push(nodes.length);
    nodes.push(node.left, node.right);
  }
  const tree: ExplainedTree = {
    left: Int32Array.from(left),
    position: (i) => (nodes[i] as { position: number }).position,
    share: (child, parent) => rowsOf(nodes[child]!) / rowsOf(nodes[parent]!),
    goesRight: (i) => right.has((nodes[i] as { position: number }).position),
  };
  return { tree, value: (i: number) => (nodes[i] as { value: number }).value };
}

const WIDTH = 4;
const TREES: Readonly<Record<string, Node>> = {
  'a leaf': leaf(2, 7),
  'one split': split(1, leaf(-1, 3), leaf(4, 5)),
  'a position tested twice on a path': split(
    0,
    split(1, split(0, leaf(1, 2), leaf(5, 9)), leaf(-3, 4)),
    split(2, leaf(8, 1), split(0, leaf(2, 6), leaf(0.5, 3))),
  ),
  'four positions': split(
    3,
    split(0, split(1, leaf(1, 1), leaf(2, 2)), split(2, leaf(3, 3), leaf(-4, 4))),
    split(
      2,
      split(3, leaf(5, 5), leaf(6, 1)),
      split(1, leaf(7, 7), split(0, leaf(8, 2), leaf(9, 8))),
    ),
  ),
};

describe('TreeShap', () => {
  const rows = [[], [0], [1, 2], [0, 3], [0, 1, 2, 3]].map((right) => new Set(right));
  const cases = Object.entries(TREES).flatMap(([name, tree]) =>
    rows.map((right) => ({ name, tree, right })),
  );

  it.each(cases)('gives the Shapley values of $name, right at $right', ({ tree, right }) => {
    const { tree: arrays, value } = flattened(tree, right);
    const contributions = new Float64Array(WIDTH);
    const base = new TreeShap(arrays, 4, WIDTH).explain(0, value, contributions);
    expect(base).toBeCloseTo(valueOf(tree, new Set(), right), 12);
    for (const [j, expected] of shapley(tree, WIDTH, right).entries()) {
      expect(contributions[j]).toBeCloseTo(expected, 12);
    }
  });

  it.each([
    { depth: 60, width: 60 },
    { depth: 400, width: 400 },
    { depth: 1000, width: 300 },
    { depth: 1000, width: 1 },
  ])('adds up on a path of $depth tests of $width positions', ({ depth, width }) => {
    // Shares far beyond the range of a number at the end of the path.
    const rows = (at: number): number => 2 ** (900 - 1.8 * at);
    const chain = (at: number): Node =>
      at === depth
        ? leaf(Math.sin(at), rows(at))
        : split(at % width, leaf(Math.cos(at), rows(at)), chain(at + 1));
    const root = chain(0);
    const all = Array.from({ length: width }, (_, j) => j);
    for (const [right, answer] of [
      [new Set(all), Math.sin(depth)],
      [new Set<number>(), 1],
    ] as const) {
      const { tree, value } = flattened(root, right);
      const contributions = new Float64Array(width);
      const base = new TreeShap(tree, depth, width).explain(0, value, contributions);
      expect(base).toBeCloseTo(valueOf(root, new Set(), right), 12);
      expect(contributions.reduce((sum, each) => sum + each, base)).toBeCloseTo(answer, 12);
    }
  });
});
