import {
  batchScores,
  build,
  compile,
  descend,
  INTERESTING,
  neighbours,
  random,
  randomTree,
  scoresOf,
  STUMP,
  thresholdsOf,
  type Tree,
} from '../../../../../test/support/plain-trees';
import { float64Values } from '../../artifact/numeric-array';
import { clear, denseVector, put, sparseVector } from '../../vector';
import { trees } from './trees';

describe('trees', () => {
  describe.each([
    { precision: 'float32', comparison: '<=' },
    { precision: 'float32', comparison: '<' },
    { precision: 'float64', comparison: '<=' },
    { precision: 'float64', comparison: '<' },
  ] as const)('in $precision with $comparison', (rule) => {
    test.each([1, 2, 3, 10])(
      '%d scores: each row reaches the leaf that the plain descent reaches',
      (leafWidth) => {
        const next = random(leafWidth);
        const features = 5;
        // Groups of four that are full, and that are not; depths of 2 to 10.
        for (const count of [1, 3, 4, 5, 10]) {
          const list = Array.from({ length: count }, (_, t) =>
            randomTree(next, t === 3 ? 0 : 2 + 2 * (t % 5), leafWidth, features),
          );
          const thresholds = list.flatMap(thresholdsOf);
          const candidates = [
            ...thresholds.flatMap(neighbours),
            Number.NaN,
            Number.NaN,
            ...INTERESTING,
          ];
          const rows = Array.from({ length: 40 }, () =>
            Array.from(
              { length: features },
              () => candidates[Math.floor(next() * candidates.length)]!,
            ),
          );
          const expected = rows.map((row) => {
            const sums = Array.from({ length: leafWidth }, () => 0);
            for (const tree of list) {
              const leaf = descend(tree, row, rule);
              for (let k = 0; k < leafWidth; k++) sums[k] = sums[k]! + leaf[k]!;
            }
            return sums;
          });
          const spec = build(list, features, leafWidth, rule);
          expect(scoresOf(spec, rows)).toEqual(expected);
          expect(batchScores(spec, rows)).toEqual(expected);
        }
      },
    );
  });

  test('blocks of more rows than one tile', () => {
    const next = random(5);
    const list = Array.from({ length: 3 }, () => randomTree(next, 5, 2, 3));
    const rows = Array.from({ length: 301 }, () => [
      next() * 4 - 2,
      next() * 4 - 2,
      next() * 4 - 2,
    ]);
    const rule = { precision: 'float32', comparison: '<=' } as const;
    const expected = rows.map((row) =>
      [0, 1].map((k) => list.reduce((sum, tree) => sum + descend(tree, row, rule)[k]!, 0)),
    );
    expect(batchScores(build(list, 3, 2), rows)).toEqual(expected);
  });

  test('wide rows are read as far as they hold something', () => {
    const next = random(7);
    const width = 3000;
    const list = Array.from({ length: 6 }, () => randomTree(next, 9, 2, width));
    const dense = denseVector(width);
    const sparse = sparseVector(width);
    for (const missingNumbers of [undefined, [0]]) {
      const spec = build(list, width, 2, missingNumbers && { missingNumbers });
      const [expected, computed] = [compile(spec, dense), compile(spec, sparse)];
      for (let i = 0; i < 50; i++) {
        clear(sparse);
        dense.values.fill(0);
        for (let j = 0; j < 40; j++) {
          const position = Math.floor(next() * width);
          if (sparse.values[position] !== 0) continue;
          put(sparse, position, j === 0 ? Number.NaN : next() * 4 - 2);
          dense.values[position] = sparse.values[position]!;
        }
        expected.run(1);
        computed.run(1);
        expect([...computed.scores]).toEqual([...expected.scores]);
      }
    }
  });

  test('models that do not fit into 32 bits a node descend the same way', () => {
    const next = random(9);
    const features = 5000;
    const list = Array.from({ length: 40 }, () => randomTree(next, 14, 1, features));
    const spec = build(list, features, 1);
    expect(float64Values(spec.tests).length).toBeGreaterThan(2 ** 17);
    const rows = Array.from({ length: 5 }, () =>
      Array.from({ length: features }, () => INTERESTING[Math.floor(next() * INTERESTING.length)]!),
    );
    const expected = rows.map((row) => [
      list.reduce(
        (sum, tree) => sum + descend(tree, row, { precision: 'float32', comparison: '<=' })[0]!,
        0,
      ),
    ]);
    expect(scoresOf(spec, rows)).toEqual(expected);
  });

  test('deep, lopsided trees', () => {
    let tree: Tree = { leaf: [0] };
    for (let i = 1; i <= 3000; i++) {
      tree = { feature: 0, threshold: i, missing: 'right', left: tree, right: { leaf: [i] } };
    }
    const spec = build([tree, STUMP, { leaf: [0] }], 1, 1);
    expect(scoresOf(spec, [[2999.5], [5000], [0]])).toEqual([[2999 + 2], [3000 + 2], [0 + 1]]);
  });

  test('blocks are smaller the more there is to visit, and whole groups of four', () => {
    const small = compile(build([STUMP], 1, 1), denseVector(1)).batch!;
    expect(small.blockSize).toBe(1024);
    const tree = randomTree(random(3), 6, 1, 3);
    const many = Array.from({ length: 1500 }, () => tree);
    const large = compile(build(many, 3, 1), denseVector(3)).batch!;
    expect(large.blockSize).toBeLessThan(1024);
    expect(large.blockSize % 4).toBe(0);
  });

  test('says what it is', () => {
    expect(trees.describe(build([STUMP, STUMP], 1, 1, { from: 'RandomForestClassifier' }))).toBe(
      'RandomForestClassifier: 2 trees, 6 nodes',
    );
  });
});
