import { packArray } from '@inferserve/model';
import { arrayOf, vectorOf } from '../contract/arrays';
import type { PredictorConverter } from '../contract/converter';
import { observeSamples } from './samples';

/** Straight lines between the points of one column. */
export const isotonicRegression: PredictorConverter = {
  names: ['sklearn.IsotonicRegression'],
  role: 'regressor',
  docs: 'one column; out_of_bounds="clip"; with "nan" and "raise" a row beyond the training rows is refused',
  versions: '0.24 to 1.9',
  exactness: '1e-12',
  // It takes a column without its name, and does not store that there was one.
  input: () => ({ count: 1 }),
  convert(estimator, input) {
    if (input.width !== 1) {
      throw estimator.fault(
        `gets ${input.width} columns, but takes one`,
        'Check the pipeline in Python and save it again.',
      );
    }
    const { dtype, size } = arrayOf(estimator, 'X_thresholds_');
    if (dtype.bytes !== 8) {
      throw estimator.fault(
        'is not of float64: scikit-learn rounds each step of its arithmetic',
        'Fit it on float64 numbers: X.astype("float64").',
        'X_thresholds_',
      );
    }
    const x = vectorOf(estimator, 'X_thresholds_', size);
    for (let i = 0; i < size; i += Math.max(1, Math.floor(size / 16))) {
      observeSamples(input, [x[i]!]);
    }
    return {
      task: 'regression',
      predictor: {
        type: 'isotonic',
        x: packArray(x),
        y: packArray(vectorOf(estimator, 'y_thresholds_', size)),
        clip: estimator.text('out_of_bounds') === 'clip',
      },
      output: { type: 'identity' },
      detail: `${size} points`,
    };
  },
};
