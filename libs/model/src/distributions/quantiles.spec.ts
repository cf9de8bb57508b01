import { QUANTILES } from './quantiles';

function collect(values: readonly number[], sampleSize = 1000) {
  const collector = QUANTILES.collect(sampleSize);
  for (const value of values) collector.add(value);
  return collector.finish();
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe('quantiles', () => {
  test('of 1 to 20 are every second number, with a tenth of the rows up to each', () => {
    expect(collect(upTo(20))).toEqual({
      type: 'quantiles',
      missing: 0,
      mean: expect.closeTo(10.5, 12),
      quantiles: [1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20],
      shares: Array.from({ length: 10 }, () => 0.1),
    });
  });

  test('leave missing values out, and count them', () => {
    expect(collect([NaN, 1, 3, NaN])).toMatchObject({
      missing: 0.5,
      mean: 2,
      quantiles: [1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3],
      // Two of four rows: the 1 in the first tenth, the 3 where it is exceeded by no quantile.
      shares: [0.25, 0, 0, 0, 0, 0.25, 0, 0, 0, 0],
    });
    expect(collect([NaN])).toBeUndefined();
  });

  test('of a value that is most of them keep what lies above it apart', () => {
    const { shares } = collect([...upTo(19).map(() => 0), 5]) as { shares: readonly number[] };
    expect(shares).toEqual([0.95, 0, 0, 0, 0, 0, 0, 0, 0, expect.closeTo(0.05, 12)]);
  });

  test('hold a mean and a range beyond what a sum of doubles can', () => {
    expect(collect([1.7e308, 1.7e308])).toMatchObject({ mean: 1.7e308 });
    expect(collect([1.7e308, -1.7e308])).toMatchObject({ mean: 0 });
  });

  test('come from a sample where there are more values than it holds; the range does not', () => {
    const values = upTo(100_000);
    const sampled = collect(values, 2000);
    expect(sampled).toEqual(collect(values, 2000));
    const { quantiles, mean } = sampled as { quantiles: readonly number[]; mean: number };
    expect([quantiles[0], quantiles[10], mean]).toEqual([1, 100_000, expect.closeTo(50_000.5, 6)]);
    // Five standard errors of a decile: 5 · √(0.5 · 0.5 / 2000) = 5.6 % of the rows.
    for (const [i, quantile] of quantiles.entries()) {
      expect(Math.abs(quantile / 100_000 - i / 10)).toBeLessThan(0.056);
    }
  });
});

describe('bins of quantiles', () => {
  const bins = QUANTILES.bins(collect([...upTo(20), NaN, NaN, NaN, NaN, NaN])!, 'x');

  test.each([
    [NaN, 0],
    [1, 1],
    [2, 1],
    [2.5, 2],
    [20, 10],
    [0.9, 11],
    [20.1, 12],
    [-Infinity, 11],
  ])('%p is in bin %p', (value, bin) => expect(bins.binOf(value)).toBe(bin));

  test('are expected as the rows were', () => {
    expect(bins.expected[0]).toBe(0.2);
    expect(bins.expected.slice(1)).toEqual(Array.from({ length: 10 }, () => expect.closeTo(0.08)));
    expect(bins.names.slice(0, 3)).toEqual(['missing', '1 to 2', '2 to 4']);
  });

  test('outside the range are compared as those at its ends', () => {
    expect(bins.comparedAs.slice(10)).toEqual([10, 1, 10]);
    expect(bins.outside.map(({ type, bin, isUnknown }) => [type, bin, isUnknown])).toEqual([
      ['missing', 0, false],
      ['below_range', 11, true],
      ['above_range', 12, true],
    ]);
  });
});
