import { expectRows, faultPath, runTransform } from '../../../../test/support/run-transform';
import { splines, type SplinesSpec } from './splines';

const NAN = Number.NaN;

/** Over whole numbers the splines are those of every textbook; what scikit-learn gives is in the reference files. */
describe(splines.type, () => {
  const linear: SplinesSpec = {
    type: 'splines',
    degree: 1,
    knots: [[-1, 0, 1, 2, 3]],
    extrapolation: 'constant',
    bias: true,
  };
  const cubic: SplinesSpec = { ...linear, degree: 3, knots: [[-3, -2, -1, 0, 1, 2, 3, 4, 5]] };

  test('are hats for degree 1', () => {
    expectRows(runTransform(linear, [[0], [0.25], [1], [2]]), [
      [1, 0, 0],
      [0.75, 0.25, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  test('for degree 3 are 1/6, 4/6, 1/6 at a knot, and 1/48, 23/48 and again halfway', () => {
    expectRows(runTransform(cubic, [[1], [0.5]]), [
      [0, 1 / 6, 4 / 6, 1 / 6, 0],
      [1 / 48, 23 / 48, 23 / 48, 1 / 48, 0],
    ]);
  });

  test.each<[SplinesSpec['extrapolation'], number[], number[]]>([
    ['error', [NAN, NAN, NAN], [NAN, NAN, NAN]],
    ['constant', [1, 0, 0], [0, 0, 1]],
    ['linear', [1.5, -0.5, 0], [0, -0.5, 1.5]],
    ['continue', [1.5, -0.5, 0], [0, -0.5, 1.5]],
  ])('%s beyond the knots', (extrapolation, below, above) => {
    expectRows(runTransform({ ...linear, extrapolation }, [[-0.5], [2.5]]), [below, above]);
  });

  test('periodic: the last knot is the first', () => {
    const periodic: SplinesSpec = { ...linear, extrapolation: 'periodic' };
    expectRows(runTransform(periodic, [[0], [2], [0.25], [-1.75], [1.75]]), [
      [1, 0],
      [1, 0],
      [0.75, 0.25],
      [0.75, 0.25],
      [0.75, 0.25],
    ]);
  });

  test('the last one of each position is left out without bias', () => {
    const two: SplinesSpec = {
      ...linear,
      knots: [...(linear.knots as number[][]), [-10, 0, 10, 20, 30]],
      bias: false,
    };
    expectRows(runTransform(two, [[0.25, 15]]), [[0.75, 0.25, 0, 0.5]]);
  });

  test('a missing value has no answer, or zeros', () => {
    expectRows(runTransform(linear, [[NAN]]), [[NAN, NAN, NAN]]);
    expectRows(runTransform({ ...linear, missingAsZeros: true }, [[NAN]]), [[0, 0, 0]]);
  });

  test.each<[Partial<SplinesSpec>, string]>([
    [{ knots: [[-1, 0, 1]] }, 'pipeline[0].knots'],
    [
      {
        knots: [
          [-1, 0, 1, 2, 3],
          [-1, 0, 1, 2, 3],
        ],
      },
      'pipeline[0].knots',
    ],
    [{ knots: [[-1, 0, -1, 2, 3]] }, 'pipeline[0].knots[0][2]'],
    [{ knots: [[0, 0, 0, 0, 0]], extrapolation: 'periodic' }, 'pipeline[0].knots[0]'],
  ])('refuses %j', (part, path) => {
    expect(faultPath({ ...linear, ...part }, 1)).toBe(path);
  });

  test('refuses to go on linearly from limits that are not there', () => {
    const knots = [
      [0, 1],
      [0, 1],
      [0, 1],
    ];
    const spec: SplinesSpec = { ...linear, degree: 0, knots, extrapolation: 'linear' };
    expect(faultPath(spec, 3)).toBe('pipeline[0].knots[1]');
  });
});
