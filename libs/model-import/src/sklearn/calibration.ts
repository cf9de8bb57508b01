import { asNdArray } from '../files/numpy/as-nd-array';
import { decodeElements } from '../files/numpy/decode-elements';
import type { PyValue } from '../files/values/py-value';
import type { LinearModel } from '@inferserve/model';
import { classesOf, CLASSIFIERS, type FoldedClassifier, foldClassifier } from './classifiers';
import { Estimator } from './estimator';
import { unwrap } from './structure';

const CURE =
  'Fit CalibratedClassifierCV(method="sigmoid", ensemble=False) on a bare linear classifier, with the scaler before it.';

/**
 * Platt scaling of one linear classifier: p = 1/(1 + exp(a·z + b)) of each score z is the sigmoid of
 * another linear score, −a·z − b; normalised over three or more classes. An average over several
 * classifiers is not linear and is refused.
 */
export function calibrated(wrapper: Estimator): FoldedClassifier {
  const warnings: string[] = [];
  const classes = classesOf(wrapper, warnings);
  const parts = wrapper.require('calibrated_classifiers_');
  const [only] = Array.isArray(parts) ? parts : [];
  const part = Estimator.from(only);
  if (!part || !Array.isArray(parts) || parts.length !== 1) {
    throw wrapper.fault(
      'averages several classifiers, which is not linear',
      CURE,
      'calibrated_classifiers_',
    );
  }
  const method = part.text('method') ?? wrapper.text('method');
  if (method !== 'sigmoid') throw wrapper.fault(`calibrates with "${method}"`, CURE, 'method');
  const inner = Estimator.from(
    part.has('estimator') ? part.get('estimator') : part.require('base_estimator'),
  );
  const estimator = inner && unwrap(inner);
  const rule = CLASSIFIERS.get(estimator?.className ?? '');
  if (!estimator || !rule) {
    throw (estimator ?? wrapper).fault(
      'cannot be imported exactly out of a calibrated classifier',
      CURE,
    );
  }
  const { model, classes: innerClasses } = foldClassifier(estimator, rule);
  const calibrators = part.has('calibrators')
    ? part.get('calibrators')
    : part.require('calibrators_');
  const rows = model.coefficients.length;
  if (
    !Array.isArray(calibrators) ||
    calibrators.length !== rows ||
    innerClasses.length !== classes.length
  ) {
    throw wrapper.fault(`does not hold ${rows} calibrators`, CURE, 'calibrated_classifiers_');
  }
  return {
    classes,
    warnings,
    model: rescale(
      model,
      calibrators.map((value) => slope(wrapper, value)),
    ),
  };
}

function rescale(
  model: LinearModel,
  slopes: readonly (readonly [a: number, b: number])[],
): LinearModel {
  return {
    ...model,
    coefficients: model.coefficients.map((row, k) => row.map((weight) => -slopes[k]![0] * weight)),
    intercepts: model.intercepts.map((intercept, k) => -slopes[k]![0] * intercept - slopes[k]![1]),
    probability: model.coefficients.length === 1 ? 'sigmoid' : 'ovr-normalized',
  };
}

function slope(wrapper: Estimator, value: PyValue): [a: number, b: number] {
  const calibrator = Estimator.from(value);
  const [a, b] = ['a_', 'b_'].map((name) => {
    const number = calibrator?.require(name) ?? null;
    const array = asNdArray(number);
    return array?.size === 1 ? decodeElements(array)[0] : number;
  });
  if (typeof a === 'number' && typeof b === 'number' && Number.isFinite(a) && Number.isFinite(b))
    return [a, b];
  throw wrapper.fault('has a calibrator without a_ and b_', CURE, 'calibrated_classifiers_');
}
