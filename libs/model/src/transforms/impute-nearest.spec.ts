import { expectRows, faultPath, runTransform } from '../../../../test/support/run-transform';
import { packMatrix } from '../artifact/numeric-array';
import { imputeNearest, type ImputeNearestSpec } from './impute-nearest';
import { introselect } from './introselect';

const NAN = Number.NaN;

describe(imputeNearest.type, () => {
  const step: ImputeNearestSpec = {
    type: 'impute-nearest',
    rows: packMatrix([1, 2, NAN, 3, 4, 3, NAN, 6, 5, 8, 8, 7], 3),
    neighbours: 2,
  };

  // From KNNImputer(n_neighbors=2) of scikit-learn 1.2.1, fitted on these rows.
  test.each([
    ['the mean of the nearest', [NAN, 3, 3], [2, 3, 3]],
    ['the mean of all where nothing can be compared', [NAN, NAN, NAN], [4, 5, 5]],
    ['several at once', [1, NAN, NAN], [1, 3, 5]],
    ['nothing missing', [0, 1, 2], [0, 1, 2]],
    ['distances on average over what both have', [9, NAN, 1], [9, 7, 1]],
  ])('%s', (_, row, expected) => {
    expectRows(runTransform(step, [row]), [expected]);
    const marked = row.map((value) => (Number.isNaN(value) ? -1 : value));
    expectRows(runTransform({ ...step, missing: -1 }, [marked]), [expected]);
  });

  test.each<[string, Partial<ImputeNearestSpec>]>([
    ['no rows', { rows: [] }],
    ['another width', { rows: [[1, 2]] }],
    ['a column without a value', { rows: packMatrix([1, 2, NAN], 3) }],
    ['an infinite number', { rows: packMatrix([1, 2, Infinity], 3) }],
  ])('refuses %s', (_, part) => {
    expect(faultPath({ ...step, ...part }, 3)).toMatch(/^pipeline\[0\]\.rows/);
  });
});

describe(introselect.name, () => {
  // numpy.argpartition(keys, count - 1)[:count] of numpy 1.24, in its order.
  test.each([
    [2, [1, 3]],
    [6, [1, 3, 6, 9, 11, 10]],
    [7, [1, 3, 6, 9, 11, 10, 2]],
    [9, [8, 11, 2, 3, 10, 1, 6, 9, 0]],
    [10, [8, 11, 2, 3, 10, 1, 6, 9, 0, 4]],
  ])('takes those of equal keys that numpy takes: %i', (count, expected) => {
    const keys = Float64Array.of(2, 0, 1, 0, 2, 3, 0, 2, 1, 0, 1, 0);
    const indices = Int32Array.from(keys, (_, i) => i);
    introselect(keys, indices, keys.length, count);
    expect([...indices.subarray(0, count)]).toEqual(expected);
  });

  test('is right where medians of three make no progress', () => {
    // Made by an adversary (McIlroy 1999) for this very selection: every pivot is nearly the least.
    const text =
      '3 49 5 35 7 64 9 37 11 51 13 39 15 64 17 41 19 64 21 43 23 64 25 45 27 64 29 47 31 64 33 0 ' +
      '2 4 6 8 10 12 14 16 18 20 22 24 26 28 30 32 34 36 38 40 42 44 46 48 50 64 64 64 64 64 64 1';
    const keys = Float64Array.from(text.split(' '), Number);
    const indices = Int32Array.from(keys, (_, i) => i);
    const given = keys.slice();
    introselect(keys, indices, keys.length, 51);
    expect(keys.slice(0, 51).toSorted()).toEqual(Float64Array.from({ length: 51 }, (_, i) => i));
    expect(Array.from(indices, (i) => given[i])).toEqual([...keys]);
  });
});
