import { asNdArray } from '../../files/numpy/as-nd-array';
import type { Estimator } from '../contract/estimator';
import { unwrapped } from './unwrapped';
import { pipeline } from './pipeline';

/** Classes with a `decision_function`, which scikit-learn prefers to probabilities. */
const WITH_DECISION: ReadonlySet<string> = new Set([
  'LogisticRegression',
  'LogisticRegressionCV',
  'SGDClassifier',
  'LinearDiscriminantAnalysis',
  'QuadraticDiscriminantAnalysis',
  'RidgeClassifier',
  'RidgeClassifierCV',
  'LinearSVC',
  'Perceptron',
  'PassiveAggressiveClassifier',
  'SVC',
  'NuSVC',
  'GradientBoostingClassifier',
  'HistGradientBoostingClassifier',
  'AdaBoostClassifier',
  'OneVsOneClassifier',
]);

/** Those whose `decision_function` depends on what is inside them. */
const DEPENDING: ReadonlySet<string> = new Set([
  'OneVsRestClassifier',
  'BaggingClassifier',
  'StackingClassifier',
]);

/**
 * What scikit-learn asks a classifier for where another model builds on its scores.
 * @throws ModelImportError where that is a decision function which cannot be reproduced
 */
export function responseOf(estimator: Estimator): 'decision' | 'probabilities' {
  const final = finalEstimator(estimator);
  if (final.library !== 'sklearn') return 'probabilities';
  if (DEPENDING.has(final.className)) {
    throw final.fault(
      'inside a model that builds on its decision function is not supported',
      'Fit the outer model on the estimators inside it.',
    );
  }
  return WITH_DECISION.has(final.className) ? decisionOf(final) : 'probabilities';
}

/** @throws ModelImportError for one decision for each pair of classes */
export function decisionOf(estimator: Estimator): 'decision' {
  const final = finalEstimator(estimator);
  const isPairs = final.text('decision_function_shape') === 'ovo';
  if (isPairs && (asNdArray(final.get('classes_'))?.size ?? 0) > 2) {
    throw final.fault(
      'gives a decision for each pair of classes to the model around it, which is not supported',
      'Fit it with decision_function_shape="ovr".',
      'decision_function_shape',
    );
  }
  return 'decision';
}

/** The estimator that predicts, out of pipelines and wrappers. */
function finalEstimator(estimator: Estimator): Estimator {
  let final = unwrapped(estimator);
  while (pipeline.names.includes(final.key)) {
    const last = pipeline.steps(final).at(-1);
    if (!last) return final;
    final = unwrapped(last);
  }
  return final;
}
