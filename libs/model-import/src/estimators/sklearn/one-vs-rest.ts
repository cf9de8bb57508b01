import { asNdArray } from '../../files/numpy/as-nd-array';
import type { PyValue } from '../../files/values/py-value';
import type { ConvertContext, PredictorConverter } from '../contract/converter';
import { Estimator } from '../contract/estimator';
import { LIMITS } from '../contract/limits';
import {
  isLinearClassifier,
  checkWidth,
  classesOf,
  type LinearParts,
  linearParts,
  linearPredictor,
} from './linear-classifiers';
import { firstEstimator } from './members';
import { oneVsRestOfMembers } from './one-vs-rest-members';
import { unwrapped } from './unwrapped';

const REMEDY =
  'Fit a LogisticRegression on all classes, or scale before the OneVsRestClassifier instead of inside it.';

/**
 * One binary classifier for each class, all over the same columns: their rows one below the other. Scores are the
 * decision functions; probabilities the estimators' own, normalised (one estimator: two classes).
 */
export const oneVsRest: PredictorConverter = {
  names: ['sklearn.OneVsRestClassifier'],
  role: 'classifier',
  docs: 'over every supported classifier that has probabilities, or only decisions',
  versions: '0.21 to 1.9',
  exactness: '1e-12',
  takesCategories: true,
  missing: 'handled',
  needsScaling: firstEstimator,
  input(wrapper) {
    const estimators = wrapper.get('estimators_');
    const first = Estimator.from(Array.isArray(estimators) ? estimators[0] : undefined);
    const shape = first && asNdArray(unwrapped(first).get('coef_'))?.shape;
    return shape?.length === 2 ? { count: shape[1]! } : undefined;
  },
  convert(wrapper, input, context) {
    const classes = classesOf(wrapper, context);
    const estimators = wrapper.require('estimators_');
    const expected = classes.length === 2 ? 1 : classes.length;
    if (!Array.isArray(estimators) || estimators.length !== expected) {
      throw wrapper.fault(`does not hold ${expected} estimators`, REMEDY, 'estimators_');
    }
    const isLinear = estimators.every((value) => {
      const estimator = Estimator.from(value);
      return estimator && isLinearClassifier(unwrapped(estimator));
    });
    if (!isLinear) return oneVsRestOfMembers(wrapper, classes, input, context);
    input.useAsNumbers();
    input.rejectMissing();
    const parts: LinearParts[] = [];
    let weights = 0;
    for (const [k, value] of estimators.entries()) {
      const part = binaryPart(wrapper, value, k, context);
      weights += part.coefficients.columns;
      if (weights > LIMITS.weights) {
        throw wrapper.fault('holds too many weights', 'Save a smaller model.', 'estimators_');
      }
      parts.push(part);
    }
    for (const part of parts) checkWidth(wrapper, part, input);
    const output = outputOf(wrapper, parts, context);
    const { columns } = parts[0]!.coefficients;
    const values = new Float64Array(parts.length * columns);
    for (const [k, { coefficients }] of parts.entries())
      values.set(coefficients.values, k * columns);
    return linearPredictor({
      classes,
      coefficients: { ...parts[0]!.coefficients, values, rows: parts.length },
      intercepts: Float64Array.from(parts, ({ intercepts }) => intercepts[0]!),
      output,
    });
  },
};

function binaryPart(
  wrapper: Estimator,
  value: PyValue,
  index: number,
  context: ConvertContext,
): LinearParts {
  const found = Estimator.from(value, `estimators_[${index}]`);
  const estimator = found && unwrapped(found);
  const part = estimator && linearParts(estimator, context);
  if (!part) {
    throw (estimator ?? wrapper).fault(
      'inside a OneVsRestClassifier is not supported: only linear classifiers are',
      REMEDY,
    );
  }
  if (part.classes.length === 2) return part;
  throw estimator.fault('is not a classifier of two classes', REMEDY, 'classes_');
}

function outputOf(
  wrapper: Estimator,
  parts: readonly LinearParts[],
  context: ConvertContext,
): LinearParts['output'] {
  const [rule, ...others] = new Set(parts.map(({ output }) => output));
  if (rule === undefined || others.length > 0 || rule === 'softmax-symmetric') {
    throw wrapper.fault(
      'mixes estimators whose probabilities differ in kind',
      REMEDY,
      'estimators_',
    );
  }
  if (rule === 'modified-huber' && parts.length > 1) {
    context.warn(
      'where no estimator gives its class any probability, all classes get the same one',
    );
  }
  return rule === 'sigmoid' && parts.length > 1 ? 'ovr-normalized' : rule;
}
