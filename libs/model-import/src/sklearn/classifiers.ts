import type { ClassLabel, LinearModel, ProbabilityRule } from '@inferserve/model';
import { Estimator } from './estimator';
import { arrayOf, labelsOf, matrixOf, vectorOf } from './arrays';
import { logisticRule } from './logistic-rule';

/** The linear part of a classifier: k × d weights (one row for two classes) and what becomes of the scores. */
export interface FoldedClassifier {
  readonly classes: readonly ClassLabel[];
  readonly model: LinearModel;
  readonly warnings: readonly string[];
}

type Rule = (
  classifier: Estimator,
  classCount: number,
) => { rule: ProbabilityRule; warning?: string };

const none: Rule = () => ({ rule: 'none' });

/** LDA since 0.22: posterior probabilities of the scores. */
const posterior: Rule = (_, classCount) => ({ rule: classCount === 2 ? 'sigmoid' : 'softmax' });

const sgd: Rule = (classifier, classCount) => {
  const loss = classifier.text('loss');
  if (loss === 'log_loss' || loss === 'log') {
    return { rule: classCount === 2 ? 'sigmoid' : 'ovr-normalized' };
  }
  return { rule: loss === 'modified_huber' ? 'modified-huber' : 'none' };
};

/** The classifiers whose decision is `coef_ · x + intercept_`, and their probabilities. */
export const CLASSIFIERS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['LogisticRegression', logisticRule],
  ['LogisticRegressionCV', logisticRule],
  ['SGDClassifier', sgd],
  ['LinearDiscriminantAnalysis', posterior],
  ['RidgeClassifier', none],
  ['RidgeClassifierCV', none],
  ['LinearSVC', none],
  ['Perceptron', none],
  ['PassiveAggressiveClassifier', none],
]);

/** The weights, classes and probability rule of one of `CLASSIFIERS`. */
export function foldClassifier(classifier: Estimator, rule: Rule): FoldedClassifier {
  const warnings: string[] = [];
  const classes = classesOf(classifier, warnings);
  const coefficients = matrixOf(classifier, 'coef_');
  const expected = classes.length === 2 ? 1 : classes.length;
  if (coefficients.length !== expected) {
    throw classifier.fault(
      `has ${coefficients.length} rows for ${classes.length} classes`,
      'Check the model in Python and save it again.',
      'coef_',
    );
  }
  const { rule: probability, warning } = rule(classifier, classes.length);
  if (warning) warnings.push(warning);
  const model: LinearModel = {
    type: 'linear',
    coefficients,
    intercepts: vectorOf(classifier, 'intercept_', expected),
    probability,
    storedPrecision: arrayOf(classifier, 'coef_').dtype.bytes === 4 ? 'float32' : 'float64',
  };
  return { classes, model, warnings };
}

/** `classes_`, or those of the label binarizer where that attribute is computed (RidgeClassifier, OneVsRest). */
export function classesOf(classifier: Estimator, warnings: string[]): ClassLabel[] {
  const warn = (warning: string): void => void warnings.push(warning);
  const name = ['label_binarizer_', '_label_binarizer'].find((attribute) =>
    classifier.has(attribute),
  );
  const binarizer = name === undefined ? undefined : Estimator.from(classifier.get(name));
  if (binarizer) refuseSeveralLabels(classifier, binarizer);
  const holder = binarizer && !classifier.has('classes_') ? binarizer : classifier;
  return labelsOf(holder, 'classes_', warn);
}

/** Several labels a row: each class has a probability of its own, and they do not add up to one. */
function refuseSeveralLabels(classifier: Estimator, binarizer: Estimator): void {
  const targets = binarizer.text('y_type_') ?? 'unknown';
  if (targets === 'binary' || targets === 'multiclass') return;
  throw classifier.fault(
    `was fitted on ${targets} targets, which give several labels a row`,
    'Fit one model a label; an artifact answers with one class.',
  );
}
