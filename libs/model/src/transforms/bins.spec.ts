import { expectRows, faultPath, runTransform } from '../../../../test/support/run-transform';
import { bins } from './bins';

describe(bins.type, () => {
  test('as KBinsDiscretizer of scikit-learn 1.9.1; an edge belongs to the bin above it', () => {
    const edges = [
      [-0.755, 0.97],
      [-7.550000000000001, -4.734999999999999, -1.365],
    ];
    const rows = [
      [1, -1.51],
      [0.45, -7.45],
      [0.09, -7.96],
      [1.12, 3.7],
      [-0.755, -4.734999999999999],
      [-1e9, 1e9],
    ];
    expectRows(runTransform({ type: 'bins', edges }, rows), [
      [2, 2],
      [1, 1],
      [1, 0],
      [2, 3],
      [1, 2],
      [0, 3],
    ]);
  });

  test('a missing value stays missing', () => {
    expect(runTransform({ type: 'bins', edges: [[0]] }, [[Number.NaN]])).toEqual([[Number.NaN]]);
  });

  test('refuses edges that are not in ascending order', () => {
    expect(faultPath({ type: 'bins', edges: [[2, 1]] }, 1)).toBe('pipeline[0].edges[0][1]');
  });
});
