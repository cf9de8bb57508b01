import { expectRows, runTransform } from '../../../../test/support/run-transform';
import { normalize } from './normalize';

/** From Normalizer of scikit-learn 1.9.1; the last row's norm counts as 0 where rows are dense. */
describe(normalize.type, () => {
  const rows = [
    [3, -4, 0.5],
    [0, 0, 0],
    [1e-16, 0, -2e-16],
  ];

  test.each([
    ['l1', [0.4, -0.5333333333333333, 0.06666666666666667]],
    ['l2', [0.5970223141259935, -0.7960297521679913, 0.09950371902099892]],
    ['max', [0.75, -1, 0.125]],
  ] as const)('%s', (norm, first) => {
    const [, zero, tiny] = rows;
    expectRows(runTransform({ type: 'normalize', norm }, rows), [first, zero!, tiny!]);
    expectRows(runTransform({ type: 'normalize', norm }, [rows[0]!, zero!], 'sparse'), [
      first,
      zero!,
    ]);
  });
});
