import {
  type Artifact,
  type Classifier,
  type Feature,
  sealArtifact,
  type VerificationCase,
} from '@inferserve/model';
import { type Dataset, type LabelledRows, selectRows, type Split } from './data/dataset';
import { type CrossValidation, crossValidate } from './evaluation/cross-validate';
import { evaluateClassifier, type Evaluation } from './evaluation/evaluate';
import { fitModel, toClassifier } from './fitting/fit-model';
import { portable, portableMetrics, portableModel } from './fitting/portable';
import { crossValidationMetrics, trainingRecord } from './training-record';
import type { TrainingPlan } from './training-plan';

/** An artifact and the figures behind it. */
export interface TrainingResult {
  readonly artifact: Artifact;
  readonly train: Evaluation;
  readonly test: Evaluation;
  readonly crossValidation: CrossValidation;
}

/** Told before each fit: which one of how many, from 1. */
export type ProgressListener = (
  stage: 'fit' | 'cross-validation',
  number: number,
  total: number,
) => void;

/**
 * Trains on the training rows of `split`, evaluates on its test rows and by cross-validation over all rows,
 * and makes the test rows the artifact's verification cases. The same bytes on every machine.
 * @throws TrainingError for data or settings that no model can be trained from
 */
export function trainArtifact(
  data: Dataset,
  split: Split,
  plan: TrainingPlan,
  onProgress?: ProgressListener,
): TrainingResult {
  const fit = (rows: LabelledRows) => fitModel(rows, data.classes.length, plan.hyperparameters);
  const training = selectRows(data, split.trainIndices);
  const testing = selectRows(data, split.testIndices);
  onProgress?.('fit', 1, 1);
  const fitted = portableModel(fit(training));
  const classifier = toClassifier(fitted, data);
  const crossValidation = crossValidate(
    data,
    plan.crossValidation,
    (rows) => toClassifier(fit(rows), data),
    (number, total) => onProgress?.('cross-validation', number, total),
  );
  const train = portableMetrics(evaluateClassifier(classifier, training));
  const test = portableMetrics(evaluateClassifier(classifier, testing));
  const artifact = sealArtifact({
    name: data.name,
    version: plan.version,
    input: { features: observedFeatures(data.features, training.rows) },
    preprocessing: fitted.preprocessing,
    classes: data.classes,
    model: fitted.model,
    training: trainingRecord(data, split, plan, crossValidation),
    metrics: { train, test, crossValidation: crossValidationMetrics(crossValidation) },
    verification: { tolerance: 1e-12, cases: verificationCases(classifier, testing.rows) },
    provenance: { source: 'trained' },
  });
  return { artifact, train, test, crossValidation };
}

function observedFeatures(features: Dataset['features'], rows: LabelledRows['rows']): Feature[] {
  return features.map((feature, j) => {
    const column = rows.map((row) => row[j]!);
    return { ...feature, observedMin: Math.min(...column), observedMax: Math.max(...column) };
  });
}

function verificationCases(classifier: Classifier, rows: LabelledRows['rows']): VerificationCase[] {
  return rows.map((input) => ({
    input,
    label: classifier.classes[classifier.classify(input)]!,
    probabilities: Array.from(classifier.probabilities(input)!, portable),
  }));
}
