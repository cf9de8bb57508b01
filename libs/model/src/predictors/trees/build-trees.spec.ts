import { float64Values, int32Values, matrixShape } from '../../artifact/numeric-array';
import { buildTrees, type TreesOptions } from './build-trees';
import type { TreeNodes } from './order-tree';
import { TreeStructureError } from './tree-structure.error';

/** x0 <= 1 ? 10 : (x1 <= 2 ? 20 : 10); the right side saw more rows. */
const TREE: TreeNodes = {
  left: [1, -1, 3, -1, -1],
  right: [2, -1, 4, -1, -1],
  feature: [0, -2, 1, -2, -2],
  threshold: [1, -2, 2, -2, -2],
  values: [0, 10, 0, 20, 10],
  missingLeft: [1, 0, 0, 0, 0],
  weight: [9, 2, 7, 3, 4],
};

const OPTIONS: TreesOptions = {
  precision: 'float32',
  comparison: '<=',
  missing: 'allow',
  infinite: 'reject',
  combine: { type: 'sum', base: [0] },
  width: 2,
  leafWidth: 1,
};

describe(buildTrees.name, () => {
  test('puts children side by side, the larger subtree first, and equal leaves in one row', () => {
    const spec = buildTrees([TREE, TREE], OPTIONS);
    expect(spec).toMatchObject({
      roots: [0, 5],
      left: [1, 0, 3, 0, 0, 6, 0, 8, 0, 0],
      // Feature 0 with missing values left is 2, feature 1 with missing values right is 3.
      tests: [2, 0, 3, 0, 0, 2, 0, 3, 0, 0],
    });
    const leaves = float64Values(spec.leaves);
    const rows = int32Values(spec.thresholds);
    expect([1, 3, 4].map((node) => leaves[rows[node]!])).toEqual([10, 20, 10]);
    expect(matrixShape(spec.leaves)).toEqual([2, 1]);
  });

  test('follows the larger child down before it turns to the smaller one', () => {
    const seven: TreeNodes = {
      left: [1, 3, 5, -1, -1, -1, -1],
      right: [2, 4, 6, -1, -1, -1, -1],
      feature: [0, 0, 0, 0, 0, 0, 0],
      threshold: [0, 1, 2, 0, 0, 0, 0],
      values: [0, 0, 0, 3, 4, 5, 6],
      weight: [10, 4, 6, 1, 3, 3, 3],
    };
    const { left, thresholds } = buildTrees([seven], OPTIONS);
    expect(left).toEqual([1, 5, 3, 0, 0, 0, 0]);
    expect(float64Values(thresholds).slice(0, 3)).toEqual(Float64Array.of(0, 1, 2));
  });

  test('leaves nodes out that no path reaches', () => {
    const pruned = { ...TREE, left: [1, -1, -1, -1, -1] };
    expect(buildTrees([pruned], OPTIONS).left).toEqual([1, 0, 0]);
  });

  test('keeps thresholds as doubles unless single precision loses nothing', () => {
    const many = Array.from({ length: 60 }, () => TREE);
    expect(buildTrees(many, OPTIONS).thresholds).toMatchObject({ dtype: 'float32' });
    const fine = { ...TREE, threshold: [0.1, 0, 0.2, 0, 0] };
    expect(buildTrees([fine, ...many], OPTIONS).thresholds).toMatchObject({ dtype: 'float64' });
    expect(buildTrees(many, OPTIONS).tests).toMatchObject({ dtype: 'uint16' });
  });

  test('an infinite threshold survives, although JSON has none', () => {
    const missingOnly = { ...TREE, threshold: [Infinity, 0, 2, 0, 0] };
    const { thresholds } = buildTrees([missingOnly], OPTIONS);
    expect(float64Values(JSON.parse(JSON.stringify(thresholds)) as typeof thresholds)[0]).toBe(
      Infinity,
    );
  });

  test('stores equal sets of categories once', () => {
    const categories = new Map([
      [0, [33]],
      [2, [1]],
    ]);
    const spec = buildTrees(
      [
        { ...TREE, categories },
        { ...TREE, categories },
      ],
      {
        ...OPTIONS,
        categories: { rule: 'listed-right' },
      },
    );
    expect(spec.categories).toEqual({
      rule: 'listed-right',
      features: [0, 1],
      lengths: [2, 1],
      words: [0, 2, 2],
    });
    expect(int32Values(spec.tests).slice(0, 3)).toEqual(Int32Array.of(6, 0, 7));
  });

  test.each([
    ['a cycle', { left: [0, -1, 3, -1, -1] }, 0],
    ['a shared child', { right: [2, -1, 1, -1, -1] }, 2],
    ['equal children', { right: [1, -1, 4, -1, -1] }, 0],
    ['a child beyond the end', { right: [5, -1, 4, -1, -1] }, 0],
    ['a negative right child', { right: [-1, -1, 4, -1, -1] }, 0],
    ['a foreign feature', { feature: [2, 0, 1, 0, 0] }, 0],
    ['a negative feature', { feature: [0, 0, -1, 0, 0] }, 2],
    ['a threshold that is NaN', { threshold: [Number.NaN, 0, 2, 0, 0] }, 0],
    ['missing thresholds', { threshold: [1] }, 2],
    ['a leaf that is NaN', { values: [0, 10, 0, Number.NaN, 10] }, 3],
    ['an infinite leaf', { values: [0, Infinity, 0, 1, 10] }, 1],
    ['missing leaves', { values: [0, 10, 0] }, 4],
    ['a root that does not exist', { root: 7 }, 7],
    ['no nodes', { left: [], right: [] }, 0],
    ['categories where none belong', { categories: new Map([[0, [1]]]) }, 0],
  ])('refuses %s and names tree and node', (_, change, node) => {
    expect.assertions(2);
    try {
      buildTrees([TREE, { ...TREE, ...change }], OPTIONS);
    } catch (error) {
      expect(error).toBeInstanceOf(TreeStructureError);
      expect(error).toMatchObject({ tree: 1, node });
    }
  });

  test.each([[[-1]], [[0.5]], [[2 ** 24]], [[Number.NaN]]])('refuses %p as categories', (codes) => {
    const build = () =>
      buildTrees([{ ...TREE, categories: new Map([[0, codes]]) }], {
        ...OPTIONS,
        categories: { rule: 'listed-right' },
      });
    expect(build).toThrow(TreeStructureError);
  });

  test('a file that asks for endless sets of categories is refused soon', () => {
    const count = 100_000;
    const chain: TreeNodes = {
      left: Array.from({ length: 2 * count + 1 }, (_, i) =>
        i % 2 === 0 && i < 2 * count ? i + 1 : -1,
      ),
      right: Array.from({ length: 2 * count + 1 }, (_, i) => i + 2),
      feature: new Uint8Array(2 * count + 1),
      threshold: new Uint8Array(2 * count + 1),
      values: new Uint8Array(2 * count + 1),
      categories: new Map(Array.from({ length: count }, (_, i) => [2 * i, [2 ** 24 - 1]])),
    };
    expect(() => buildTrees([chain], { ...OPTIONS, categories: { rule: 'listed-right' } })).toThrow(
      'codes',
    );
  });

  test('shares leaves among many different ones', () => {
    const count = 5000;
    const leaves = Array.from({ length: count }, (_, i): TreeNodes => ({
      left: [-1],
      right: [-1],
      feature: [0],
      threshold: [0],
      values: [i % 1250, (i % 1250) / 7, 0],
    }));
    const combine = { type: 'sum' as const, base: [0, 0, 0] };
    const spec = buildTrees(leaves, { ...OPTIONS, leafWidth: 3, combine });
    expect(matrixShape(spec.leaves)).toEqual([1250, 3]);
    const rows = int32Values(spec.thresholds);
    const values = float64Values(spec.leaves);
    expect(leaves.map((_, i) => values[3 * rows[i]! + 1])).toEqual(
      leaves.map((_, i) => (i % 1250) / 7),
    );
  });
});
