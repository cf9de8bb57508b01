import { scoreRow } from '../../../../test/support/score-row';
import type { LinearLeavesSpec } from './linear-leaves';
import { buildTrees } from './trees/build-trees';

describe('trees with linear models in their leaves', () => {
  /** x₀ <= threshold leads to the first leaf, all others to the second; missing values go right. */
  const stump = (threshold: number, first: number) => ({
    left: [1, -1, -1],
    right: [2, -1, -1],
    feature: [0, 0, 0],
    threshold: [threshold, 0, 0],
    values: [0, first, first + 1],
  });
  const spec: LinearLeavesSpec = {
    type: 'linear-leaves',
    trees: buildTrees([stump(1, 0), stump(5, 2)], {
      precision: 'float64',
      comparison: '<=',
      missing: 'allow',
      infinite: 'allow',
      combine: { type: 'sum', base: [0, 0] },
      leafWidth: 1,
      treeScores: [0, 1],
      width: 2,
    }),
    treeScores: [0, 0],
    // 1 + 2·x₁; 10; 100 + x₀ - x₁; 1000
    constants: [1, 10, 100, 1000],
    fallbacks: [-1, -10, -100, -1000],
    starts: [0, 1, 1, 3, 3],
    positions: [1, 0, 1],
    coefficients: [2, 1, -1],
  };

  test.each<[readonly number[], number]>([
    [[1, 3], 1 + 2 * 3 + (100 + 1 - 3)],
    [[2, 3], 10 + (100 + 2 - 3)],
    [[6, 3], 10 + 1000],
    // A leaf without the missing column needs no fallback.
    [[6, Number.NaN], 10 + 1000],
    [[2, Number.NaN], 10 - 100],
    [[1, Number.NaN], -1 - 100],
    [[Number.NaN, 3], 10 + 1000],
  ])('%p gives %d', (row, expected) => {
    expect([...scoreRow(spec, row)]).toEqual([expected]);
  });

  test('each tree adds to its score', () => {
    expect([...scoreRow({ ...spec, treeScores: [1, 0] }, [6, 3])]).toEqual([1000, 10]);
  });

  test.each<[string, Partial<LinearLeavesSpec>, string]>([
    ['too few scores', { treeScores: [0] }, 'treeScores'],
    ['too few fallbacks', { fallbacks: [0] }, 'fallbacks'],
    ['starts that fall', { starts: [0, 2, 1, 3, 3] }, 'starts'],
    ['terms of no leaf', { starts: [0, 1, 1, 2, 2] }, 'starts'],
    ['too few coefficients', { coefficients: [1] }, 'positions'],
    ['a column that does not exist', { positions: [1, 0, 2] }, 'positions'],
    ['leaves without a model', { constants: [1], fallbacks: [1], starts: [0, 3] }, 'trees'],
  ])('refuses %s', (_, change, member) => {
    const path = `predictor.${member}`;
    const score = () => scoreRow({ ...spec, ...change }, [1, 3]);
    expect(score).toThrow(expect.objectContaining({ path }));
  });
});
