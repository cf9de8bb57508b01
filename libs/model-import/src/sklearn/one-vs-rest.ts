import type { PyValue } from '../files/values/py-value';
import { LIMITS } from '../limits';
import { Estimator } from './estimator';
import { classesOf, CLASSIFIERS, type FoldedClassifier, foldClassifier } from './classifiers';
import { unwrap } from './structure';

const CURE =
  'Fit a LogisticRegression on all classes, or scale before the OneVsRestClassifier instead of inside it.';

/**
 * One binary classifier a class, each over the same columns: their rows one below the other. Scores are the
 * decision functions; probabilities the estimators' own, normalised (one estimator: two classes).
 */
export function oneVsRest(wrapper: Estimator): FoldedClassifier {
  const warnings: string[] = [];
  const classes = classesOf(wrapper, warnings);
  const estimators = wrapper.require('estimators_');
  const expected = classes.length === 2 ? 1 : classes.length;
  if (!Array.isArray(estimators) || estimators.length !== expected) {
    throw wrapper.fault(`does not hold ${expected} estimators`, CURE, 'estimators_');
  }
  const parts: FoldedClassifier[] = [];
  let weights = 0;
  for (const [k, value] of estimators.entries()) {
    const part = binaryPart(wrapper, value, k);
    weights += part.model.coefficients[0]!.length;
    if (weights > LIMITS.decodedElements) {
      throw wrapper.fault('holds too many weights', 'Save a smaller model.', 'estimators_');
    }
    parts.push(part);
  }
  const rules = new Set(parts.map(({ model }) => model.probability));
  const [rule] = rules;
  if (rules.size !== 1 || rule === undefined || rule === 'softmax-pm') {
    throw wrapper.fault('mixes estimators whose probabilities differ in kind', CURE, 'estimators_');
  }
  if (rule === 'modified-huber' && parts.length > 1) {
    warnings.push(
      'where no estimator gives its class any probability, all classes get the same one',
    );
  }
  return {
    classes,
    warnings: [...new Set([...warnings, ...parts.flatMap((part) => part.warnings)])],
    model: {
      ...parts[0]!.model,
      coefficients: parts.map(({ model }) => model.coefficients[0]!),
      intercepts: parts.map(({ model }) => model.intercepts[0]!),
      probability: rule === 'sigmoid' && expected > 1 ? 'ovr-normalized' : rule,
    },
  };
}

function binaryPart(wrapper: Estimator, value: PyValue, index: number): FoldedClassifier {
  const found = Estimator.from(value, `estimators_[${index}]`);
  const estimator = found && unwrap(found);
  const rule = CLASSIFIERS.get(estimator?.className ?? '');
  if (!estimator || !rule) {
    throw (estimator ?? wrapper).fault(
      'inside a OneVsRestClassifier cannot be imported exactly: only linear classifiers can',
      CURE,
    );
  }
  const part = foldClassifier(estimator, rule);
  if (part.classes.length === 2) return part;
  throw estimator.fault('is not a classifier of two classes', CURE, 'classes_');
}
