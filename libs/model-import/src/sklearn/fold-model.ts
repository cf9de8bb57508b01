import { asNdArray } from '../files/numpy/as-nd-array';
import { LIMITS } from '../limits';
import type { LinearSource } from '../linear-source';
import { calibrated } from './calibration';
import { CLASSIFIERS, type FoldedClassifier, foldClassifier } from './classifiers';
import { Estimator } from './estimator';
import { oneVsRest } from './one-vs-rest';
import { featureNamesOf, PreprocessingChain } from './preprocessing-chain';
import { flattenSteps } from './structure';

/**
 * The linear classifier that a fitted scikit-learn estimator is: pipelines, search results and wrappers
 * are opened, scalers become preprocessing steps.
 * @throws ModelImportError that names the class which is not linear or not exactly expressible
 */
export function foldModel(root: Estimator): LinearSource {
  const steps = flattenSteps(root);
  const classifier = steps.at(-1);
  if (!classifier) throw root.fault('has no steps', 'Save the fitted pipeline.');
  const chain = new PreprocessingChain(...inputsOf(steps[0]!));
  for (const transformer of steps.slice(0, -1)) chain.add(transformer);
  const folded = foldFinal(classifier);
  for (const row of folded.model.coefficients) {
    if (row.length === chain.width) continue;
    throw classifier.fault(
      `has ${row.length} weights a class, but the steps before it give ${chain.width} columns`,
      'Check the pipeline in Python and save it again.',
      'coef_',
    );
  }
  const { classes, model } = folded;
  const { source } = chain;
  const version = root.version ?? classifier.version;
  const shape = `${model.coefficients.length} × ${chain.width}`;
  const { className, stepName } = classifier;
  return {
    ...source,
    steps: [
      ...source.steps,
      { type: className, ...(stepName !== undefined && { name: stepName }), detail: shape },
    ],
    classes,
    model: { ...model, coefficients: model.coefficients.map((row) => chain.spreadRow(row)) },
    ...(version !== undefined && { sklearnVersion: version }),
    warnings: [...source.warnings, ...folded.warnings, ...versionWarnings(version)],
  };
}

/** The classifier itself, or one of the two wrappers that keep it linear. */
function foldFinal(classifier: Estimator): FoldedClassifier {
  const rule = CLASSIFIERS.get(classifier.className);
  if (rule) return foldClassifier(classifier, rule);
  if (classifier.className === 'OneVsRestClassifier') return oneVsRest(classifier);
  if (classifier.className === 'CalibratedClassifierCV') return calibrated(classifier);
  throw classifier.fault(
    'is not a linear classifier',
    `Only linear models are served: ${[...CLASSIFIERS.keys()].join(', ')}, OneVsRestClassifier and pipelines of these.`,
  );
}

/** How many features the estimator takes, and their names where it has them. */
export function inputsOf(estimator: Estimator): [number, (readonly string[])?] {
  const count = featureCountOf(estimator);
  if (!Number.isSafeInteger(count) || count < 1 || count > LIMITS.features) {
    throw estimator.fault('does not say how many features it takes', 'Call fit before saving it.');
  }
  return [count, featureNamesOf(estimator, count)];
}

/** `n_features_in_` (since 0.23), else the length of what was fitted. */
function featureCountOf(estimator: Estimator): number {
  const stated = estimator.get('n_features_in_');
  if (typeof stated === 'number') return stated;
  for (const name of ['coef_', 'scale_', 'mean_', 'center_', 'statistics_', 'var_']) {
    const shape = asNdArray(estimator.get(name))?.shape;
    if (shape && shape.length > 0) return shape.at(-1)!;
  }
  const estimators = estimator.get('estimators_');
  const inner = Array.isArray(estimators) ? Estimator.from(estimators[0]) : undefined;
  return inner && inner.className !== estimator.className ? featureCountOf(inner) : NaN;
}

function versionWarnings(version: string | undefined): string[] {
  if (version === undefined) return ['the file does not say which scikit-learn wrote it'];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const known = (major === 0 && minor >= 22) || (major === 1 && minor <= 9);
  return known
    ? []
    : [`scikit-learn ${version} is outside 0.22 to 1.9, the versions that were checked`];
}
