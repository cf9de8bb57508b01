import { expectRows, faultPath, runTransform } from '../../../../test/support/run-transform';
import { imputeIteratively, type ImputeIterativelySpec } from './impute-iteratively';

const NAN = Number.NaN;

/** From IterativeImputer(estimator=LinearRegression(), max_iter=2, max_value=[inf, 5]) of scikit-learn 1.2.1. */
describe(imputeIteratively.type, () => {
  const step: ImputeIterativelySpec = {
    type: 'impute-iteratively',
    fill: [1.5, 3.375],
    columns: [0, 1, 0, 1],
    weights: [
      [0, 0.6006331976481232],
      [1.5944522040917632, 0],
      [0, 0.5647700855821846],
      [1.835035562471203, 0],
    ],
    intercepts: [-0.8837630031659889, 1.0961809294753633, -0.41967906678266664, 0.5558848614701222],
    least: [null, null, null, null],
    most: [null, 5, null, 5],
  };

  test.each([
    ['nothing missing', [1, 2], [1, 2]],
    ['the first column', [NAN, 3], [1.274631189963887, 3]],
    ['the second column', [2, NAN], [2, 4.225955986412528]],
    ['nothing there: the row stays as it is filled', [NAN, NAN], [1.5, 3.375]],
    ['an estimate beyond its limit', [9, NAN], [9, 5]],
  ])('%s', (_, row, expected) => {
    expectRows(runTransform(step, [row]), [expected]);
    const marked = row.map((value) => (Number.isNaN(value) ? -1 : value));
    expectRows(runTransform({ ...step, missing: -1 }, [marked]), [expected]);
  });

  test('without steps a missing value is filled', () => {
    const none = { columns: [], weights: [], intercepts: [], least: [], most: [] };
    expectRows(runTransform({ ...step, ...none }, [[NAN, 7]]), [[1.5, 7]]);
  });

  test.each<[Partial<ImputeIterativelySpec>, string]>([
    [{ fill: [1] }, 'pipeline[0].fill'],
    [{ columns: [0, 1, 0, 2] }, 'pipeline[0].columns[3]'],
    [{ weights: [[0, 1]] }, 'pipeline[0].weights'],
    [{ columns: [1, 1, 0, 1] }, 'pipeline[0].weights[0][1]'],
    [{ intercepts: [1] }, 'pipeline[0].intercepts'],
    [{ least: [null] }, 'pipeline[0].least'],
  ])('refuses %j', (part, path) => {
    expect(faultPath({ ...step, ...part }, 2)).toBe(path);
  });
});
