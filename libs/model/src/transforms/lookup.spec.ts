import { faultPath, runTransform } from '../../../../test/support/run-transform';
import { lookup } from './lookup';

const NAN = Number.NaN;

describe(lookup.type, () => {
  test('ordinal codes, with numbers of their own for unknown and missing values', () => {
    const table = { values: [2, 0, 1], unknown: [-1], missing: [null] };
    const step = { type: 'lookup', tables: [table] } as const;
    expect(runTransform(step, [[0], [1], [2], [-1], [3], [0.5], [NAN]])).toEqual([
      [2],
      [0],
      [1],
      [-1],
      [-1],
      [-1],
      [NAN],
    ]);
  });

  test('several numbers for each code, one table after the other', () => {
    const step = {
      type: 'lookup',
      tables: [
        { values: [0.1, 0.9, 0.4, 0.6], unknown: [0.25, 0.75], missing: [0.5, 0.5] },
        { values: [10], unknown: [20], missing: [30] },
      ],
    } as const;
    expect(
      runTransform(step, [
        [1, 0],
        [-1, -1],
        [NAN, NAN],
      ]),
    ).toEqual([
      [0.4, 0.6, 10],
      [0.25, 0.75, 20],
      [0.5, 0.5, 30],
    ]);
  });

  test.each([
    [{ values: [1, 2, 3], unknown: [0, 0], missing: [0, 0] }, 'pipeline[0].tables[0].values'],
    [{ values: [1, 2], unknown: [0, 0], missing: [0] }, 'pipeline[0].tables[0].missing'],
  ])('refuses a table that does not fit: %j', (table, path) => {
    expect(faultPath({ type: 'lookup', tables: [table] }, 1)).toBe(path);
  });

  test('refuses another number of tables', () => {
    expect(faultPath({ type: 'lookup', tables: [] }, 1)).toBe('pipeline[0].tables');
  });
});
