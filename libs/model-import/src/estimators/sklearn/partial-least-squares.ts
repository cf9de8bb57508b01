import { packArray, packMatrix } from '@inferserve/model';
import { matrixOf, vectorOf } from '../contract/arrays';
import type { PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';

/**
 * Linear in the standardised columns. The weights come from the rotations and loadings, which mean the same in every
 * version; what `coef_` is scaled by changed in 1.5.
 */
export const partialLeastSquares: PredictorConverter = {
  names: ['sklearn.PLSRegression'],
  role: 'regressor',
  docs: 'one target',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  needsScaling: true,
  convert(estimator, { width }) {
    const rotations = matrixOf(estimator, 'x_rotations_');
    const loadings = matrixOf(estimator, 'y_loadings_');
    if (loadings.rows !== 1) {
      throw estimator.fault(
        `predicts ${loadings.rows} targets for each row`,
        'Fit one model for each target; an artifact answers with one value.',
        'y_loadings_',
      );
    }
    if (rotations.rows !== width || rotations.columns !== loadings.columns) {
      throw estimator.fault(
        `has rotations of ${rotations.rows} × ${rotations.columns} for ${width} columns and ${loadings.columns} components`,
        'Check the pipeline in Python and save it again.',
        'x_rotations_',
      );
    }
    const [scale] = vectorOf(estimator, nameOf(estimator, '_y_std'), 1);
    const coefficients = Float64Array.from({ length: width }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < loadings.columns; k++) {
        sum += rotations.values[j * loadings.columns + k]! * loadings.values[k]!;
      }
      return sum * scale!;
    });
    return {
      task: 'regression',
      pipeline: [
        {
          type: 'standardize',
          center: packArray(vectorOf(estimator, nameOf(estimator, '_x_mean'), width)),
          scale: packArray(vectorOf(estimator, nameOf(estimator, '_x_std'), width)),
          from: 'PLSRegression',
        },
      ],
      predictor: {
        type: 'linear',
        coefficients: packMatrix(coefficients, width),
        intercepts: packArray(vectorOf(estimator, nameOf(estimator, '_y_mean'), 1)),
        storedPrecision: rotations.storedPrecision,
      },
      output: { type: 'identity' },
      detail: `${loadings.columns} components`,
    };
  },
};

/** `_x_mean` since 0.24, `x_mean_` before. */
function nameOf(estimator: Estimator, name: string): string {
  const before = `${name.slice(1)}_`;
  return !estimator.has(name) && estimator.has(before) ? before : name;
}
