import { faultPath, runTransform } from '../../../../test/support/run-transform';
import { UnscorableRowError } from '../compile/unscorable-row.error';
import { codes } from './codes';

const NAN = Number.NaN;

describe(codes.type, () => {
  test('numbers become positions among the known ones, -1 where they are unknown', () => {
    const step = { type: 'codes', values: [[1, 2.5, 7]], unknown: 'accept' } as const;
    expect(runTransform(step, [[1], [2.5], [7], [2], [9], [-Infinity], [NAN]])).toEqual([
      [0],
      [1],
      [2],
      [-1],
      [-1],
      [-1],
      [NAN],
    ]);
  });

  test('a row with an unknown number cannot be scored where that is rejected', () => {
    const step = { type: 'codes', values: [[1, 2]], unknown: 'reject' } as const;
    expect(runTransform(step, [[2]])).toEqual([[1]]);
    expect(() => runTransform(step, [[3]])).toThrow(UnscorableRowError);
  });

  test('positions that hold codes already are left alone', () => {
    const step = { type: 'codes', values: [null, [5]], unknown: 'reject' } as const;
    expect(runTransform(step, [[-1, 5]])).toEqual([[-1, 0]]);
  });

  test('refuses numbers that are not in ascending order', () => {
    expect(faultPath({ type: 'codes', values: [[1], [2, 2]], unknown: 'accept' }, 2)).toBe(
      'pipeline[0].values[1][1]',
    );
  });
});
