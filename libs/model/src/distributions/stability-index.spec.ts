import { sharesOf } from './shares';
import { stabilityIndex } from './stability-index';

describe(stabilityIndex.name, () => {
  const bins = sharesOf(['a', 'b']).bins(
    { type: 'shares', missing: 0, other: 0, shares: [0.5, 0.5] },
    'x',
  );

  test('of the same distribution is 0', () => {
    expect(stabilityIndex(bins, [0, 0, 0.5, 0.5])).toBe(0);
  });

  test('sums the difference of the shares times the logarithm of their ratio', () => {
    // (0.75 − 0.5) · ln 1.5 + (0.25 − 0.5) · ln 0.5 = 0.25 · ln 3.
    expect(stabilityIndex(bins, [0, 0, 0.75, 0.25])).toBeCloseTo(0.27465307216702745, 12);
  });

  test('takes a bin without rows for one part in ten thousand', () => {
    // (1 − 0.5) · ln 2 + (0.0001 − 0.5) · ln 0.0002.
    const expected = 0.5 * Math.LN2 + 0.4999 * 8.517193191416238;
    expect(stabilityIndex(bins, [0, 0, 1, 0])).toBeCloseTo(expected, 12);
  });
});
