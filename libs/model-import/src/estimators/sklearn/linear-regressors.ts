import { packArray, packMatrix } from '@inferserve/model';
import { matrixOf, vectorOf } from '../contract/arrays';
import type { PredictorConverter } from '../contract/converter';

/** `coef_ · x + intercept_`. */
export const linearRegressors: PredictorConverter = {
  names: [
    'LinearRegression',
    'Ridge',
    'RidgeCV',
    'Lasso',
    'LassoCV',
    'ElasticNet',
    'ElasticNetCV',
    'Lars',
    'LarsCV',
    'LassoLars',
    'LassoLarsCV',
    'LassoLarsIC',
    'OrthogonalMatchingPursuit',
    'OrthogonalMatchingPursuitCV',
    'BayesianRidge',
    'ARDRegression',
    'SGDRegressor',
    'HuberRegressor',
    'TheilSenRegressor',
    'QuantileRegressor',
    'PassiveAggressiveRegressor',
    'LinearSVR',
  ].map((name) => `sklearn.${name}`),
  role: 'regressor',
  docs: 'one target',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  needsScaling: true,
  convert(regressor, input) {
    const { values, rows, columns, storedPrecision } = matrixOf(regressor, 'coef_');
    if (rows !== 1) {
      throw regressor.fault(
        `predicts ${rows} targets at once`,
        'Fit one model for each target.',
        'coef_',
      );
    }
    if (columns !== input.width) {
      throw regressor.fault(
        `has ${columns} weights, but the steps before it give ${input.width} columns`,
        'Check the pipeline in Python and save it again.',
        'coef_',
      );
    }
    return {
      task: 'regression',
      predictor: {
        type: 'linear',
        coefficients: packMatrix(values, columns),
        intercepts: packArray(vectorOf(regressor, 'intercept_', 1)),
        storedPrecision,
      },
      output: { type: 'identity' },
      detail: `1 × ${columns}`,
    };
  },
};
