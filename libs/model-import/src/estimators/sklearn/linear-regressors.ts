import { type NumberOutputSpec, packArray, packMatrix } from '@inferserve/model';
import { matrixOf, vectorOf } from '../contract/arrays';
import type { ConvertedRegressor, PredictorConverter } from '../contract/converter';
import type { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';

interface Family {
  readonly classes: readonly string[];
  readonly docs: string;
  /** What becomes of the score: the inverse of the link. */
  output(estimator: Estimator): NumberOutputSpec;
}

const FAMILIES: readonly Family[] = [
  {
    classes: [
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
      'HuberRegressor',
      'SGDRegressor',
      'PassiveAggressiveRegressor',
      'TheilSenRegressor',
      'QuantileRegressor',
      'LinearSVR',
    ],
    docs: 'one target',
    output: () => ({ type: 'identity' }),
  },
  {
    classes: ['PoissonRegressor', 'GammaRegressor'],
    docs: 'the log link',
    output: () => ({ type: 'exp' }),
  },
  { classes: ['TweedieRegressor'], docs: 'every power and link', output: tweedieOutput },
];

/** Regressors that predict `coef_ · x + intercept_`, or the inverse of a link of it. */
export const linearRegressors: readonly PredictorConverter[] = FAMILIES.map(
  ({ classes, docs, output }) => ({
    names: classes.map((name) => `sklearn.${name}`),
    role: 'regressor',
    docs,
    versions: '0.21 to 1.9',
    exactness: '1e-12',
    needsScaling: true,
    convert: (estimator, input) => linearRegressor(estimator, input, output(estimator)),
  }),
);

function linearRegressor(
  estimator: Estimator,
  { width }: Layout,
  output: NumberOutputSpec,
): ConvertedRegressor {
  const coefficients = matrixOf(estimator, 'coef_');
  if (coefficients.rows !== 1) {
    throw estimator.fault(
      `predicts ${coefficients.rows} targets for each row`,
      'Fit one model for each target; an artifact answers with one value.',
      'coef_',
    );
  }
  if (coefficients.columns !== width) {
    throw estimator.fault(
      `has ${coefficients.columns} weights, but the steps before it give ${width} columns`,
      'Check the pipeline in Python and save it again.',
      'coef_',
    );
  }
  return {
    task: 'regression',
    predictor: {
      type: 'linear',
      coefficients: packMatrix(coefficients.values, width),
      intercepts: packArray(vectorOf(estimator, 'intercept_', 1)),
      storedPrecision: coefficients.storedPrecision,
    },
    output,
    detail: `1 × ${width}`,
  };
}

/** link="auto" is the identity for the normal distribution (power 0) and below, else the logarithm. */
function tweedieOutput(estimator: Estimator): NumberOutputSpec {
  const link = estimator.text('link') ?? 'auto';
  const power = estimator.number('power') ?? 0;
  const isIdentity = link === 'auto' ? power <= 0 : link === 'identity';
  return { type: isIdentity ? 'identity' : 'exp' };
}
