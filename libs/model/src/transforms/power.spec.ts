import { expectRows, faultPath, runTransform } from '../../../../test/support/run-transform';
import { UnscorableRowError } from '../compile/unscorable-row.error';
import { power } from './power';

const NAN = Number.NaN;

/** From PowerTransformer(standardize=False) of scikit-learn 1.9.1. */
describe(power.type, () => {
  const rows = [
    [0, 0],
    [2.5, -7],
    [-1.25, 4],
    [1e6, -1e6],
    [NAN, 1],
  ];

  test.each(['expm1', 'pow'] as const)('Yeo-Johnson by %s', (computedBy) => {
    const lambdas = [1.4890277530793699, 0.9006265090311675];
    const step = { type: 'power', method: 'yeo-johnson', lambdas, computedBy } as const;
    expectRows(runTransform(step, rows), [
      [0, 0],
      [3.6658223441399582, -8.037607204230016],
      [-1.004763265713243, 3.6208060626403524],
      [577117670.891809, -3590013.258900023],
      [NAN, 0.9625261012362718],
    ]);
  });

  test('Yeo-Johnson at its limits 0 and 2', () => {
    const step = { type: 'power', method: 'yeo-johnson', lambdas: [0, 2] } as const;
    expectRows(runTransform(step, rows), [
      [0, 0],
      [1.252762968495368, -2.0794415416798357],
      [-2.03125, 11.999999999999998],
      [13.815511557963774, -13.815511557963774],
      [NAN, 1.5],
    ]);
  });

  test('Box-Cox, and its limit 0', () => {
    const step = { type: 'power', method: 'box-cox' } as const;
    const positive = [
      [0.5, 3],
      [1, 1],
      [1e5, 1e-5],
    ];
    const lambdas = [0.6319086374615245, 0.6008216241742057];
    expectRows(runTransform({ ...step, lambdas }, positive), [
      [-0.5612803311834982, 1.5560821630629782],
      [0, 0],
      [2283.4316522557237, -1.6627387805366258],
    ]);
    expectRows(runTransform({ ...step, lambdas: [0, -1] }, positive), [
      [-0.6931471805599453, 0.6666666666666667],
      [0, 0],
      [11.512925464970229, -99999.00000000003],
    ]);
  });

  test.each([0, -3])('Box-Cox has no answer for %d', (value) => {
    const step = { type: 'power', method: 'box-cox', lambdas: [0.5] } as const;
    expect(() => runTransform(step, [[value]])).toThrow(UnscorableRowError);
    expect(runTransform(step, [[NAN]])).toEqual([[NAN]]);
  });

  test('refuses another number of exponents', () => {
    expect(faultPath({ type: 'power', method: 'box-cox', lambdas: [1] }, 2)).toBe(
      'pipeline[0].lambdas',
    );
  });
});
