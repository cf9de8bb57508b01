import { pickPairs } from './pick-pairs';

/** 1000 rows in a scrambled order: i · 7 mod 1000 runs through all of them. */
const truth = Array.from({ length: 1000 }, (_, i) => (i * 7) % 1000);

describe('pickPairs', () => {
  it('gives 200 of many rows, from the least to the greatest at even distances', () => {
    const pairs = pickPairs(
      truth,
      truth.map((value) => -value),
    );
    expect(pairs).toHaveLength(200);
    // 999 / 199 = 5.02 apart.
    expect(pairs.slice(0, 3)).toEqual([
      [0, -0],
      [5, -5],
      [10, -10],
    ]);
    expect(pairs[199]).toEqual([999, -999]);
    const steps = pairs.slice(1).map(([value], i) => value - pairs[i]![0]);
    expect(new Set(steps)).toEqual(new Set([5, 6]));
  });

  it('gives the same whatever the order of the rows is', () => {
    const coarse = truth.map((value) => Math.floor(value / 100));
    const backwards = pickPairs(coarse.toReversed(), truth.toReversed());
    expect(pickPairs(coarse, truth)).toEqual(backwards);
  });

  it('gives all of few rows', () => {
    expect(pickPairs([3], [4])).toEqual([[3, 4]]);
    expect(pickPairs(truth.slice(0, 200), truth.slice(0, 200))).toHaveLength(200);
  });
});
