import reference from '../../../../test/reference/iris-split.json';
import { selectRows } from '../data/dataset';
import { IRIS } from '../data/iris';
import { IRIS_SPLIT } from '../data/iris-split';
import { fitStandardScaler } from './fit-standard-scaler';

describe('fitStandardScaler', () => {
  it("equals scikit-learn's StandardScaler on the 120 training rows bit for bit", () => {
    const { rows } = selectRows(IRIS, IRIS_SPLIT.trainIndices);
    expect(fitStandardScaler(rows)).toEqual({
      type: 'standardize',
      center: reference.scaler.mean,
      scale: reference.scaler.scale,
      from: 'StandardScaler (population variance)',
      samplesSeen: 120,
    });
  });

  it('divides the variance by n, not by n − 1', () => {
    expect(fitStandardScaler([[1], [3]])).toMatchObject({ center: [2], scale: [1] });
    expect(fitStandardScaler([[0], [4]])).toMatchObject({ center: [2], scale: [2] });
  });

  // Scales from scikit-learn 1.9.1.
  it.each([
    ['constant', Array<number>(10).fill(0.1), 1],
    ['constant up to a last digit', [...Array<number>(7).fill(3.3), 3.3000000000000003], 1],
    ['constant up to rounding at its size', [1e10, 1e10 + 1e-6, 1e10], 1],
    ['barely varying', [1, 1 + 1e-9, 1], 4.7140456e-10],
  ])('scales a column that is %s', (_, column, scale) => {
    const fitted = fitStandardScaler(column.map((value) => [value]));
    expect(fitted.scale![0]! / scale).toBeCloseTo(1, 7);
  });
});
