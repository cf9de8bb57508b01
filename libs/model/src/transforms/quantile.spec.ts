import { expectRows, faultPath, runTransform } from '../../../../test/support/run-transform';
import { inverseNormal } from './inverse-normal';
import { quantile, type QuantileSpec } from './quantile';

const NAN = Number.NaN;

/** From QuantileTransformer(n_quantiles=8) of scikit-learn 1.9.1; the first column has repeated quantiles. */
describe(quantile.type, () => {
  const step: Omit<QuantileSpec, 'output'> = {
    type: 'quantile',
    quantiles: [
      [1, 1, 1, 2, 3, 3.999999999999999, 4, 9],
      [0, 1, 2, 3, 4, 4.999999999999999, 6, 7],
    ],
    references: [0, 1 / 7, 2 / 7, 3 / 7, 4 / 7, 0.7142857142857142, 6 / 7, 1],
  };
  const rows = [
    [1, 0],
    [1.5, 0.5],
    [4, 6.9],
    [9, 7],
    [-5, 100],
    [3.25, NAN],
    [1.00000005, 3.3],
  ];

  test('uniform', () => {
    expectRows(runTransform({ ...step, output: 'uniform' }, rows), [
      [0, 0],
      [0.3571428571428571, 0.07142857142857142],
      [0.8571428571428571, 0.9857142857142858],
      [1, 1],
      [0, 1],
      [0.6071428571428571, NAN],
      [0.28571429285714284, 0.47142857142857136],
    ]);
  });

  test('normal, clipped where the share is 0 or 1', () => {
    expectRows(runTransform({ ...step, output: 'normal' }, rows), [
      [-5.199337582605575, -5.199337582605575],
      [-0.3661063568005698, -1.465233792685523],
      [1.0675705238781412, 2.1893497555220858],
      [5.19933758270342, 5.19933758270342],
      [-5.199337582605575, 5.19933758270342],
      [0.27188000539926077, NAN],
      [-5.199337582605575, -0.07167928382863181],
    ]);
  });

  test.each<[Partial<QuantileSpec>, string]>([
    [{ quantiles: [[1, 2]] }, 'pipeline[0].quantiles'],
    [{ quantiles: [[0, 1, 2, 3, 4, 5, 6, 7]] }, 'pipeline[0].quantiles'],
    [
      {
        references: [1, 0],
        quantiles: [
          [0, 1],
          [0, 1],
        ],
      },
      'pipeline[0].references',
    ],
    [
      {
        references: [0, 1],
        quantiles: [
          [0, 1],
          [1, 0],
        ],
      },
      'pipeline[0].quantiles[1]',
    ],
  ])('refuses %j', (change, path) => {
    expect(faultPath({ ...step, output: 'uniform', ...change }, 2)).toBe(path);
  });
});

describe(inverseNormal, () => {
  test('as scipy.special.ndtri in the centre and both tails', () => {
    const shares = [
      1e-300,
      1e-20,
      1e-10,
      1e-7,
      0.001,
      0.13,
      0.136,
      0.3,
      0.5,
      0.7,
      0.87,
      0.999,
      1 - 1e-12,
    ];
    expectRows(
      [shares.map(inverseNormal)],
      [
        [
          -37.0470962993612, -9.262340089798409, -6.361340902404056, -5.1993375821928165,
          -3.090232306167813, -1.1263911290388007, -1.0984684203398627, -0.5244005127080409, 0,
          0.5244005127080407, 1.1263911290388007, 3.090232306167813, 7.0344869100478356,
        ],
      ],
    );
    expect([0, 1].map(inverseNormal)).toEqual([-Infinity, Infinity]);
  });
});
