import type { LinearOutput } from '../contract/linear-output';
import { type ClassLabel, type ClassOutputSpec, packArray, packMatrix } from '@inferserve/model';
import { labelsOf, matrixOf, type NumberMatrix, vectorOf } from '../contract/arrays';
import type {
  ConvertContext,
  ConvertedClassifier,
  PredictorConverter,
} from '../contract/converter';
import { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { logisticRule } from './logistic-rule';

/** The linear part of a classifier: k rows of weights (one for two classes) and what becomes of the scores. */
export interface LinearParts {
  readonly classes: readonly ClassLabel[];
  readonly coefficients: NumberMatrix;
  readonly intercepts: Float64Array;
  readonly output: LinearOutput;
}

/** How the library turns the scores of a class into probabilities. */
type OutputRule = (
  classifier: Estimator,
  classCount: number,
  context: ConvertContext,
) => LinearOutput;

const scoresOnly: OutputRule = () => 'scores-only';

/** LDA since 0.22: posterior probabilities of the scores. */
const posterior: OutputRule = (_, classCount) => (classCount === 2 ? 'sigmoid' : 'softmax');

const stochastic: OutputRule = (classifier, classCount) => {
  const loss = classifier.text('loss');
  if (loss === 'log_loss' || loss === 'log') return classCount === 2 ? 'sigmoid' : 'ovr-normalized';
  return loss === 'modified_huber' ? 'modified-huber' : 'scores-only';
};

interface Family {
  readonly classes: readonly string[];
  readonly rule: OutputRule;
  readonly docs: string;
}

/** The classifiers whose decision is `coef_ · x + intercept_`. */
const FAMILIES: readonly Family[] = [
  {
    classes: ['LogisticRegression', 'LogisticRegressionCV'],
    rule: logisticRule,
    docs: 'every solver and multi_class; probabilities by the rule of the version that wrote it',
  },
  {
    classes: ['SGDClassifier'],
    rule: stochastic,
    docs: 'every loss; probabilities for log_loss and modified_huber',
  },
  { classes: ['LinearDiscriminantAnalysis'], rule: posterior, docs: 'every solver' },
  {
    classes: [
      'RidgeClassifier',
      'RidgeClassifierCV',
      'LinearSVC',
      'Perceptron',
      'PassiveAggressiveClassifier',
    ],
    rule: scoresOnly,
    docs: 'no probabilities',
  },
];

const RULES: ReadonlyMap<string, OutputRule> = new Map(
  FAMILIES.flatMap(({ classes, rule }) => classes.map((name) => [name, rule] as const)),
);

/** One converter for each family of linear classifiers. */
export const linearClassifiers: readonly PredictorConverter[] = FAMILIES.map(
  ({ classes, docs }) => ({
    names: classes.map((name) => `sklearn.${name}`),
    role: 'classifier',
    docs,
    versions: '0.21 to 1.9',
    exactness: '1e-12',
    needsScaling: true,
    convert(classifier, input, context) {
      const parts = linearParts(classifier, context)!;
      checkWidth(classifier, parts, input);
      return linearPredictor(parts);
    },
  }),
);

/** Whether `linearParts` has something for it. */
export function isLinearClassifier({ library, className }: Estimator): boolean {
  return library === 'sklearn' && RULES.has(className);
}

/** Weights, classes and rule of a linear classifier; `undefined` for any other estimator. */
export function linearParts(
  classifier: Estimator,
  context: ConvertContext,
): LinearParts | undefined {
  const rule = classifier.library === 'sklearn' ? RULES.get(classifier.className) : undefined;
  if (!rule) return undefined;
  const classes = classesOf(classifier, context);
  const coefficients = matrixOf(classifier, 'coef_');
  const expected = classes.length === 2 ? 1 : classes.length;
  if (coefficients.rows !== expected) {
    throw classifier.fault(
      `has ${coefficients.rows} rows for ${classes.length} classes`,
      'Check the model in Python and save it again.',
      'coef_',
    );
  }
  const output = rule(classifier, classes.length, context);
  const intercepts = vectorOf(classifier, 'intercept_', expected);
  return { classes, coefficients, intercepts, output };
}

/** @throws ModelImportError where the weights are not as many as the columns that come out of the steps before */
export function checkWidth(
  classifier: Estimator,
  { coefficients }: LinearParts,
  { width }: Layout,
): void {
  if (coefficients.columns === width) return;
  throw classifier.fault(
    `has ${coefficients.columns} weights for each class, but the steps before it give ${width} columns`,
    'Check the pipeline in Python and save it again.',
    'coef_',
  );
}

/** The predictor of a linear classifier. */
export function linearPredictor({
  classes,
  coefficients,
  intercepts,
  output,
}: LinearParts): ConvertedClassifier {
  const { values, rows, columns, storedPrecision } = coefficients;
  return {
    task: 'classification',
    classes,
    predictor: {
      type: 'linear',
      coefficients: packMatrix(values, columns),
      intercepts: packArray(intercepts),
      storedPrecision,
    },
    output: { type: output } as ClassOutputSpec,
    detail: `${rows} × ${columns}`,
  };
}

/** `classes_`, or those of the label binarizer where that attribute is computed (RidgeClassifier, OneVsRest). */
export function classesOf(classifier: Estimator, context: ConvertContext): ClassLabel[] {
  const name = ['label_binarizer_', '_label_binarizer'].find((attribute) =>
    classifier.has(attribute),
  );
  const binarizer = name === undefined ? undefined : Estimator.from(classifier.get(name));
  if (binarizer) refuseSeveralLabels(classifier, binarizer);
  const holder = binarizer && !classifier.has('classes_') ? binarizer : classifier;
  return labelsOf(holder, 'classes_', (warning) => context.warn(warning));
}

/** Several labels a row: each class has a probability of its own, and they do not add up to one. */
function refuseSeveralLabels(classifier: Estimator, binarizer: Estimator): void {
  const targets = binarizer.text('y_type_') ?? 'unknown';
  if (targets === 'binary' || targets === 'multiclass') return;
  throw classifier.fault(
    `was fitted on ${targets} targets, which give several labels a row`,
    'Fit one model for each label; an artifact answers with one class.',
  );
}
