import {
  batchScores,
  build,
  scoresOf,
  STUMP,
  SUM,
  type Tree,
} from '../../../../../test/support/plain-trees';

describe('rules of trees', () => {
  test('the row is rounded to single precision, the threshold is not', () => {
    // 0.1 in single precision is 0.10000000149, above the double 0.1.
    expect(scoresOf(build([STUMP], 1, 1), [[0.1], [0.0999999999], [0.09999999]])).toEqual([
      [2],
      [2],
      [1],
    ]);
    const asDouble = build([STUMP], 1, 1, { precision: 'float64' });
    expect(scoresOf(asDouble, [[0.1], [0.1000000000000001]])).toEqual([[1], [2]]);
  });

  test('a threshold of +Infinity parts missing values from the rest', () => {
    const tree: Tree = { ...STUMP, threshold: Infinity, missing: 'right' };
    for (const precision of ['float32', 'float64'] as const) {
      const spec = build([tree], 1, 1, { precision });
      expect(scoresOf(spec, [[1e308], [-5], [Infinity], [Number.NaN]])).toEqual([
        [1],
        [1],
        [1],
        [2],
      ]);
    }
  });

  test('a NaN with its sign bit set is missing too', () => {
    const bytes = new BigUint64Array([0xfff8000000000000n]);
    const negativeNaN = new Float64Array(bytes.buffer)[0]!;
    const right: Tree = { ...STUMP, missing: 'right' };
    expect(scoresOf(build([right], 1, 1), [[negativeNaN]])).toEqual([[2]]);
  });

  test('rows with values that the trees do not take have no scores', () => {
    const missing = build([STUMP], 2, 1, { missing: 'reject' });
    expect(
      scoresOf(missing, [
        [1, Number.NaN],
        [1, Infinity],
        [1, 1],
      ]),
    ).toEqual([[Number.NaN], [2], [2]]);
    const infinite = build([STUMP], 2, 1, { infinite: 'reject' });
    const largest = 3.4028235677973362e38;
    const rounds = 3.4028235677973366e38;
    expect(
      scoresOf(infinite, [
        [1, rounds],
        [1, -largest],
        [Number.NaN, 0],
      ]),
    ).toEqual([[Number.NaN], [2], [1]]);
    const rows = [
      [1, 1],
      [1, Infinity],
      [0, 0],
    ];
    expect(batchScores(infinite, rows)).toEqual([[2], [Number.NaN], [1]]);
  });

  test('numbers that stand for missing values', () => {
    const right: Tree = { ...STUMP, missing: 'right' };
    const spec = build([right], 1, 1, { missingNumbers: [-999, 0] });
    expect(scoresOf(spec, [[-999], [0], [-0], [-998], [-1e-300]])).toEqual([
      [2],
      [2],
      [2],
      [1],
      [2],
    ]);
  });

  test('a mean is the sum divided by the number of trees', () => {
    const list = [0.1, 0.2, 0.3].map((leaf): Tree => ({ leaf: [leaf] }));
    const spec = build(list, 1, 1, { combine: { ...SUM(1), divisor: 3 } });
    expect(scoresOf(spec, [[0]])).toEqual([[(0.1 + 0.2 + 0.3) / 3]]);
  });

  test('single precision sums are rounded after each tree', () => {
    const list = [1, 2 ** -24, 2 ** -24].map((leaf): Tree => ({ leaf: [leaf] }));
    const combine = { ...SUM(1), precision: 'float32' as const };
    // 1 + 2^-24 rounds back to 1 in single precision; the double sum would be 1 + 2^-23.
    expect(scoresOf(build(list, 1, 1, { combine }), [[0]])).toEqual([[1]]);
    expect(scoresOf(build(list, 1, 1), [[0]])).toEqual([[1 + 2 ** -23]]);
  });

  test('each tree adds to its own score', () => {
    const list = [1, 2, 4, 8, 16].map((leaf): Tree => ({ leaf: [leaf] }));
    const spec = build(list, 1, 1, {
      combine: { type: 'sum', base: [100, 200] },
      treeScores: [0, 1, 0, 1, 0],
    });
    expect(scoresOf(spec, [[0]])).toEqual([[121, 210]]);
    expect(batchScores(spec, [[0], [0]])).toEqual([
      [121, 210],
      [121, 210],
    ]);
  });

  test('the weighted median is the first value that reaches half of the weight', () => {
    const list = [5, 1, 3].map((leaf): Tree => ({ leaf: [leaf] }));
    const median = (weights: readonly number[]) =>
      scoresOf(build(list, 1, 1, { combine: { type: 'weighted-median', weights } }), [[0]])[0]![0];
    expect(median([1, 1, 1])).toBe(3);
    expect(median([3, 1, 1])).toBe(5);
    expect(median([1, 2, 1])).toBe(1);
  });

  describe('tests of categories', () => {
    const split = (missing: 'left' | 'right'): Tree => ({
      feature: 0,
      threshold: Number.NaN,
      missing,
      categories: [1, 40],
      left: { leaf: [1] },
      right: { leaf: [2] },
    });
    const side = (
      rule: 'listed-left' | 'listed-left-known' | 'listed-right',
      missing: 'left' | 'right',
    ) => {
      const known = new Map([[0, [0, 1, 40]]]);
      return (...values: number[]) =>
        (['float32', 'float64'] as const).map((precision) => {
          const categories = { rule, ...(rule === 'listed-left-known' && { known }) };
          const spec = build([split(missing)], 1, 1, { precision, categories });
          const rows = values.map((value) => [value]);
          const scores = scoresOf(spec, rows);
          expect(batchScores(spec, rows)).toEqual(scores);
          return scores.map(([score]) => (score === 1 ? 'L' : 'R')).join('');
        });
    };

    test('XGBoost: listed ones go right, unknown and negative ones left', () => {
      expect(
        side('listed-right', 'left')(1, 40, 0, 1.9, 41, -1, -0.5, 1e9, 2 ** 24, Number.NaN),
      ).toEqual(['RRLRLLLLLL', 'RRLRLLLLLL']);
      expect(side('listed-right', 'right')(0, 1, Number.NaN)).toEqual(['LRR', 'LRR']);
    });

    test('LightGBM: listed ones go left, all others right', () => {
      expect(side('listed-left', 'right')(1, 40, 0, 1.9, 41, -1, 1e9, Number.NaN)).toEqual([
        'LLRLRRRR',
        'LLRLRRRR',
      ]);
    });

    test('HistGradientBoosting: unknown and negative ones go where missing ones go', () => {
      expect(side('listed-left-known', 'left')(1, 40, 0, 1.9, 41, 300, -1, Number.NaN)).toEqual([
        'LLRLLLLL',
        'LLRLLLLL',
      ]);
      expect(side('listed-left-known', 'right')(1, 40, 0, 1.9, 41, 300, -1, Number.NaN)).toEqual([
        'LLRLRRRR',
        'LLRLRRRR',
      ]);
    });
  });
});
