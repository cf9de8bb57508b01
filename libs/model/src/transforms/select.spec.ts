import { faultPath, runTransform } from '../../../../test/support/run-transform';
import { COMPILE_CONTEXT } from '../compile/compile-kinds';
import { put, sparseVector } from '../vector';
import { select } from './select';

describe(select.type, () => {
  test.each(['dense', 'sparse'] as const)(
    'positions in their order, a range, repeated ones: %s',
    (kind) => {
      const row = [[10, 0, 30, 40]];
      expect(runTransform({ type: 'select', columns: [3, 0] }, row, kind)).toEqual([[40, 10]]);
      expect(runTransform({ type: 'select', columns: [1, 2] }, row, kind)).toEqual([[0, 30]]);
      expect(runTransform({ type: 'select', columns: { start: 2, count: 2 } }, row, kind)).toEqual([
        [30, 40],
      ]);
      expect(runTransform({ type: 'select', columns: [3, 3, 1] }, row, kind)).toEqual([
        [40, 40, 0],
      ]);
      expect(runTransform({ type: 'select', columns: [] }, row, kind)).toEqual([[]]);
    },
  );

  test('a sparse row stays sparse', () => {
    const input = sparseVector(1000);
    put(input, 7, 1);
    put(input, 900, 2);
    const step = { type: 'select', columns: [900, 5, 3] } as const;
    const { output, run } = COMPILE_CONTEXT.pipeline([step], input, 'pipeline');
    run(1);
    expect([output.nonzero!.count, output.nonzero!.indices[0]]).toEqual([1, 0]);
  });

  test.each([
    [[4], '[0]'],
    [[0, -1], '[1]'],
    [{ start: 3, count: 2 }, ''],
  ])('refuses %j of four columns', (columns, at) => {
    expect(faultPath({ type: 'select', columns }, 4)).toBe(`pipeline[0].columns${at}`);
  });
});
