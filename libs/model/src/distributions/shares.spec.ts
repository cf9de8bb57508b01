import type { SharesSpec } from './shares-spec';
import { sharesOf } from './shares';

const valuesOf = (count: number) => Array.from({ length: count }, (_, i) => `value ${i}`);

function collect(count: number, codes: readonly number[]): SharesSpec {
  const collector = sharesOf(valuesOf(count)).collect(1);
  for (const code of codes) collector.add(code);
  return collector.finish() as SharesSpec;
}

describe('shares', () => {
  test('are those of each code, of unknown values and of missing ones', () => {
    expect(collect(3, [0, 0, 2, -1, NaN, 2, 2, 2])).toEqual({
      type: 'shares',
      missing: 0.125,
      other: 0.125,
      shares: [0.25, 0, 0.5],
    });
    expect(collect(2, [NaN])).toBeUndefined();
  });

  test('have a bin for each value', () => {
    const bins = sharesOf(valuesOf(3)).bins(collect(3, [0, 1, 1, NaN]), 'x');
    expect([NaN, -1, 1, 0, 2].map((code) => bins.binOf(code))).toEqual([0, 1, 3, 2, 4]);
    expect(bins.expected).toEqual([0.25, 0, 0.25, 0.5, 0]);
    expect(bins.names).toEqual(['missing', 'unseen', 'value 0', 'value 1', 'value 2']);
    expect(bins.outside.map(({ type, isUnknown }) => [type, isUnknown])).toEqual([
      ['missing', false],
      ['unseen', true],
    ]);
  });

  test('of many values have bins for the thirty most frequent ones and one for the others', () => {
    // Code i stands i + 1 times, so that the last codes are the most frequent.
    const codes = Array.from({ length: 300 }, (_, i) => Array.from({ length: i + 1 }, () => i));
    const spec = collect(300, codes.flat());
    expect(spec.shares).toMatchObject({ dtype: 'float64', shape: [300] });
    const bins = sharesOf(valuesOf(300)).bins(spec, 'x');
    expect([bins.count, bins.binOf(299), bins.binOf(270), bins.binOf(269), bins.binOf(0)]).toEqual([
      33, 31, 2, 32, 32,
    ]);
    // 1 + … + 270 of 1 + … + 300.
    expect(bins.expected[32]).toBeCloseTo((270 * 271) / (300 * 301), 12);
  });

  test('are refused for another number of values', () => {
    expect(() => sharesOf(valuesOf(2)).bins(collect(3, [0]), 'baseline.columns.x')).toThrow(
      'baseline.columns.x.shares: must have 2 elements, not 3',
    );
  });
});
