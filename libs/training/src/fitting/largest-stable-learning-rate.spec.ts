import { Matrix } from 'ml-matrix';
import reference from '../../../../test/reference/iris-split.json';
import { selectRows } from '../data/dataset';
import { IRIS } from '../data/iris';
import { largestStableLearningRate } from './largest-stable-learning-rate';

describe('largestStableLearningRate', () => {
  it('is 8 over the largest eigenvalue of XᵀX', () => {
    // XᵀX is [[2, 1], [1, 2]], with the eigenvalues 1 and 3.
    const features = new Matrix([
      [1, 1],
      [1, 0],
      [0, 1],
    ]);
    expect(largestStableLearningRate(features)).toBeCloseTo(8 / 3, 12);
  });

  it("agrees with NumPy's eigvalsh on standardised Iris", () => {
    const { mean, scale } = reference.scaler;
    const { rows } = selectRows(IRIS, reference.trainIndices);
    const standardised = rows.map((row) => [
      ...row.map((value, j) => (value - mean[j]!) / scale[j]!),
      1,
    ]);
    expect(largestStableLearningRate(new Matrix(standardised))).toBeCloseTo(0.0229722119558503, 12);
  });

  it('refuses values whose squares overflow', () => {
    expect(() => largestStableLearningRate(new Matrix([[1e200]]))).toThrow('too large to fit');
  });
});
