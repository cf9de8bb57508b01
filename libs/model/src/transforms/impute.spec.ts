import { faultPath, runTransform } from '../../../../test/support/run-transform';
import { impute } from './impute';

const NAN = Number.NaN;

describe(impute.type, () => {
  test('fills missing values by position and leaves those without a fill missing', () => {
    const step = { type: 'impute', fill: [7, null, 0] } as const;
    expect(
      runTransform(step, [
        [NAN, NAN, 3],
        [1, 2, NAN],
      ]),
    ).toEqual([
      [7, NAN, 3],
      [1, 2, 0],
    ]);
  });

  test('with a number for "missing" only that number is replaced', () => {
    const step = { type: 'impute', fill: [5, 6], missing: -999 } as const;
    expect(runTransform(step, [[-999, NAN]])).toEqual([[5, NAN]]);
  });

  test('refuses another number of fill values', () => {
    expect(faultPath({ type: 'impute', fill: [1] }, 2)).toBe('pipeline[0].fill');
  });
});
