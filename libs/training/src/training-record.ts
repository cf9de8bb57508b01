import type { Metrics } from '@inferserve/model';
import library from 'ml-logistic-regression/package.json';
import type { Dataset, Split } from './data/dataset';
import { CANONICAL_FORM, datasetDigest } from './data/dataset-digest';
import type { CrossValidation } from './evaluation/cross-validate';
import { portable, PORTABLE_DIGITS, portableMetrics } from './fitting/portable';
import type { TrainingPlan } from './training-plan';

/** How the artifact came to be, for its `training` member; no time and no machine is in it. */
export function trainingRecord(
  data: Dataset,
  { testSize, randomState, testIndices }: Split,
  { hyperparameters, crossValidation: plan }: TrainingPlan,
  { accuracy, logLoss, brier }: CrossValidation,
): Readonly<Record<string, unknown>> {
  return {
    library: library.name,
    libraryVersion: library.version,
    algorithm: 'one-vs-rest, full-batch gradient descent from zero, no regularisation',
    hyperparameters: { ...hyperparameters, biasColumn: true },
    significantDigits: PORTABLE_DIGITS,
    dataset: {
      name: data.name,
      rows: data.rows.length,
      sha256: datasetDigest(data),
      canonicalForm: CANONICAL_FORM,
      split: { testSize, randomState, testIndices },
    },
    crossValidation: {
      ...plan,
      stratified: true,
      standardDeviationOverFolds: {
        accuracy: accuracy.deviation,
        logLoss: logLoss && portable(logLoss.deviation),
        brier: brier && portable(brier.deviation),
      },
    },
  };
}

/** The means of a cross-validation as the artifact's metrics. */
export function crossValidationMetrics({
  accuracy,
  logLoss,
  brier,
  confusionMatrix,
}: CrossValidation): Metrics {
  return portableMetrics({
    n: confusionMatrix.flat().reduce((total, count) => total + count, 0),
    accuracy: accuracy.mean,
    logLoss: logLoss?.mean,
    brier: brier?.mean,
    confusionMatrix,
  });
}
