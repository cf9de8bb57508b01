import { CompiledModel, type ClassificationArtifact, sealArtifact } from '@inferserve/model';
import type { Dataset, LabelledRows } from '../data/dataset';
import { checkLabelledRows } from './check-labelled-rows';
import {
  fitLogisticRegression,
  type Hyperparameters,
  type LogisticWeights,
} from './fit-logistic-regression';
import { type FittedScaler, fitStandardScaler } from './fit-standard-scaler';

/** The two parts of a model that are learnt from data. */
export interface FittedModel {
  readonly scaler: FittedScaler;
  readonly weights: LogisticWeights;
}

/** The parts of an artifact that a fitted model becomes. */
export type ModelParts = Pick<
  ClassificationArtifact,
  'task' | 'classes' | 'pipeline' | 'predictor' | 'output'
>;

/**
 * Scaler and logistic regression, both fitted on these raw rows and no others.
 * @throws TrainingError as `fitLogisticRegression` does
 */
export function fitModel(
  data: LabelledRows,
  classCount: number,
  hyperparameters: Hyperparameters,
): FittedModel {
  checkLabelledRows(data, classCount);
  const scaler = fitStandardScaler(data.rows);
  const { center, scale } = scaler;
  const rows = data.rows.map((row) => row.map((value, j) => (value - center[j]!) / scale[j]!));
  const weights = fitLogisticRegression({ rows, labels: data.labels }, classCount, hyperparameters);
  return { scaler, weights };
}

/** The fitted model as members of an artifact. */
export function modelParts(
  { scaler, weights }: FittedModel,
  classes: Dataset['classes'],
): ModelParts {
  return {
    task: 'classification',
    classes,
    pipeline: [scaler],
    predictor: { type: 'linear', ...weights, storedPrecision: 'float64' },
    output: { type: classes.length === 2 ? 'sigmoid' : 'softmax' },
  };
}

/** The fitted model as the server runs it, so that figures are those of the code that serves. */
export function compileFitted(
  fitted: FittedModel,
  { name, features, classes }: Pick<Dataset, 'name' | 'features' | 'classes'>,
): CompiledModel {
  return new CompiledModel(
    sealArtifact({
      name,
      version: 'unreleased',
      columns: features.map((feature) => ({ type: 'number', ...feature })),
      ...modelParts(fitted, classes),
      verification: { tolerance: 1e-12, cases: [] },
      provenance: { source: 'trained' },
    }),
  );
}
