import { faultPath, runTransform } from '../../../../test/support/run-transform';
import { indicator } from './indicator';

const NAN = Number.NaN;

describe(indicator.type, () => {
  test('marks missing values at its positions, in their order', () => {
    const step = { type: 'indicator', columns: [2, 0] } as const;
    expect(
      runTransform(step, [
        [NAN, NAN, 3],
        [1, 2, NAN],
      ]),
    ).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test('with a number for "missing" NaN is a value like any other', () => {
    const step = { type: 'indicator', columns: [0, 1], missing: 0 } as const;
    expect(runTransform(step, [[0, NAN]])).toEqual([[1, 0]]);
  });

  test.each([[[0, 2]], [[-1, 0]], [[0.5, 1]]])(
    'refuses the positions %p of two columns',
    (positions) => {
      expect(faultPath({ type: 'indicator', columns: positions }, 2)).toMatch(
        /^pipeline\[0\]\.columns\[[01]\]$/,
      );
    },
  );
});
