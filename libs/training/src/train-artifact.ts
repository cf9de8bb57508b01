import { evaluateClassifier, type Evaluation } from '@inferserve/evaluation';
import {
  type Baseline,
  BaselineCollector,
  type ClassCase,
  type ClassificationArtifact,
  type ColumnSpec,
  type CompiledModel,
  sealArtifact,
} from '@inferserve/model';
import { type Dataset, type LabelledRows, selectRows, type Split } from './data/dataset';
import { type CrossValidation, crossValidate } from './evaluation/cross-validate';
import { compileFitted, fitModel, modelParts } from './fitting/fit-model';
import { portable, portableMetrics, portableModel } from './fitting/portable';
import { crossValidationMetrics, trainingRecord } from './training-record';
import type { TrainingPlan } from './training-plan';

/** An artifact and the figures behind it. */
export interface TrainingResult {
  readonly artifact: ClassificationArtifact;
  readonly train: Evaluation;
  readonly test: Evaluation;
  readonly crossValidation: CrossValidation;
}

/** Called before each fit: which one of how many, from 1. */
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
  const classifier = compileFitted(fitted, data);
  const crossValidation = crossValidate(
    data,
    plan.crossValidation,
    (rows) => compileFitted(fit(rows), data),
    (number, total) => onProgress?.('cross-validation', number, total),
  );
  const train = portableMetrics(evaluateClassifier(classifier, training));
  const test = portableMetrics(evaluateClassifier(classifier, testing));
  const { task, classes, ...parts } = modelParts(fitted, data.classes);
  const artifact = sealArtifact({
    name: data.name,
    version: plan.version,
    task,
    classes,
    columns: observedColumns(data.features, training.rows),
    ...parts,
    baseline: baselineOf(classifier, training.rows),
    training: trainingRecord(data, split, plan, crossValidation),
    metrics: { train, test, crossValidation: crossValidationMetrics(crossValidation) },
    verification: { tolerance: 1e-12, cases: verificationCases(classifier, testing.rows) },
    provenance: { source: 'trained' },
  });
  return { artifact, train, test, crossValidation };
}

function observedColumns(features: Dataset['features'], rows: LabelledRows['rows']): ColumnSpec[] {
  return features.map((feature, j) => {
    const values = rows.map((row) => row[j]!);
    return {
      type: 'number',
      ...feature,
      observedMin: Math.min(...values),
      observedMax: Math.max(...values),
    };
  });
}

function baselineOf(classifier: CompiledModel, rows: LabelledRows['rows']): Baseline | undefined {
  const collector = new BaselineCollector(classifier);
  for (const row of rows) {
    const answer = classifier.score(row);
    if (answer.task === 'classification') collector.add(row, answer.classIndex);
  }
  return collector.finish();
}

function verificationCases(classifier: CompiledModel, rows: LabelledRows['rows']): ClassCase[] {
  return rows.map((input) => {
    const answer = classifier.score(input);
    if (answer.task !== 'classification') throw new TypeError('the model is not a classifier');
    const { label, probabilities } = answer;
    return { input, label, probabilities: Array.from(probabilities!, portable) };
  });
}
