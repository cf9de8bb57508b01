import type { ColumnSpec } from '@inferserve/model';
import { probeRows } from './probe-rows';

describe('the first of the rows that try a model', () => {
  const plain: ColumnSpec = { type: 'number', name: 'x', booleans: true };
  const text: ColumnSpec = {
    type: 'text',
    name: 'x',
    vectorizers: [
      {
        analyzer: { unit: 'word', ngrams: [1, 1], lowercase: true },
        terms: { type: 'vocabulary', terms: ['1003', '22', 'a1', 'cheap', 'offer'] },
        weighting: { type: 'counts' },
      } as never,
    ],
  };

  test.each<[string, ColumnSpec, readonly number[], unknown]>([
    ['lies between thresholds, in three digits', plain, [1714.56, 1727.69, 2185.31, 2198.8], 1960],
    ['is not drawn away by one extreme', plain, [1.5, 2, 3, 4, 5, 6, 7, 1e300], 4.5],
    ['is whole among whole numbers', plain, [0, 1, 2, 3], 2],
    ['answers yes where only 0 and 1 are told apart', plain, [0.4365, 0.5635], 1],
    ['is a number where booleans are not taken', { ...plain, booleans: false }, [0.2, 0.4], 0.3],
    ['is a known value', { ...plain, values: [7, 8, 9] }, [], 7],
    ['is what the column takes', { ...plain, exclusiveMinimum: 1.2346 }, [1.2347], 1.2347],
    ['is of words', text, [], 'cheap offer'],
  ])('%s', (_, column, samples, expected) => {
    expect(probeRows([column], [samples])[0]).toEqual([expected]);
  });
});
