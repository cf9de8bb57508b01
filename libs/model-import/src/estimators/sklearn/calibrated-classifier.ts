import type { PyValue } from '../../files/values/py-value';
import type { PredictorConverter } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import {
  checkWidth,
  classesOf,
  type LinearParts,
  linearParts,
  linearPredictor,
} from './linear-classifiers';
import { unwrapped } from './unwrapped';

const REMEDY =
  'Fit CalibratedClassifierCV(method="sigmoid", ensemble=False) on a bare linear classifier, with the scaler before it.';

/**
 * Platt scaling of one linear classifier: p = 1/(1 + exp(a·z + b)) of each score z is the sigmoid of another
 * linear score, −a·z − b; normalised over three or more classes.
 */
export const calibratedClassifier: PredictorConverter = {
  names: ['sklearn.CalibratedClassifierCV'],
  role: 'classifier',
  docs: 'method="sigmoid" over one linear classifier (ensemble=False or cv="prefit")',
  versions: '0.22 to 1.9',
  exactness: '1e-12',
  needsScaling: true,
  convert(wrapper, input, context) {
    const classes = classesOf(wrapper, context);
    const parts = wrapper.require('calibrated_classifiers_');
    const [only] = Array.isArray(parts) ? parts : [];
    const part = Estimator.from(only);
    if (!part || !Array.isArray(parts) || parts.length !== 1) {
      throw wrapper.fault(
        'averages several classifiers, which is not linear',
        REMEDY,
        'calibrated_classifiers_',
      );
    }
    const method = part.text('method') ?? wrapper.text('method');
    if (method !== 'sigmoid') throw wrapper.fault(`calibrates with "${method}"`, REMEDY, 'method');
    const inner = Estimator.from(part.getAny('estimator', 'base_estimator'));
    const estimator = inner && unwrapped(inner);
    const linear = estimator && linearParts(estimator, context);
    if (!linear) {
      throw (estimator ?? wrapper).fault(
        'inside a CalibratedClassifierCV is not supported: only linear classifiers are',
        REMEDY,
      );
    }
    checkWidth(wrapper, linear, input);
    const calibrators = part.getAny('calibrators', 'calibrators_');
    const { rows } = linear.coefficients;
    if (
      !Array.isArray(calibrators) ||
      calibrators.length !== rows ||
      linear.classes.length !== classes.length
    ) {
      throw wrapper.fault(`does not hold ${rows} calibrators`, REMEDY, 'calibrated_classifiers_');
    }
    const slopes = calibrators.map((value) => slopeOf(wrapper, value));
    return linearPredictor({ ...rescaled(linear, slopes), classes });
  },
};

function rescaled(
  linear: LinearParts,
  slopes: readonly (readonly [a: number, b: number])[],
): LinearParts {
  const { values, rows, columns } = linear.coefficients;
  return {
    ...linear,
    coefficients: {
      ...linear.coefficients,
      values: values.map((weight, i) => -slopes[Math.floor(i / columns)]![0] * weight),
    },
    intercepts: linear.intercepts.map((intercept, k) => -slopes[k]![0] * intercept - slopes[k]![1]),
    output: rows === 1 ? 'sigmoid' : 'ovr-normalized',
  };
}

function slopeOf(wrapper: Estimator, value: PyValue): [a: number, b: number] {
  const calibrator = Estimator.from(value);
  const [a, b] = [calibrator?.number('a_'), calibrator?.number('b_')];
  if (a !== undefined && b !== undefined && Number.isFinite(a) && Number.isFinite(b)) return [a, b];
  throw wrapper.fault('has a calibrator without a_ and b_', REMEDY, 'calibrated_classifiers_');
}
