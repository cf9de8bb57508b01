import {
  Classifier,
  type LinearModel,
  sealArtifact,
  type StandardizeStep,
} from '@inferserve/model';
import type { Dataset, LabelledRows } from '../data/dataset';
import { checkLabelledRows } from './check-labelled-rows';
import { fitLogisticRegression, type Hyperparameters } from './fit-logistic-regression';
import { fitStandardScaler } from './fit-standard-scaler';

/** The two parts of an artifact that are learnt from data. */
export interface FittedModel {
  readonly preprocessing: readonly [StandardizeStep];
  readonly model: LinearModel;
}

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
  const rows = data.rows.map((row) =>
    row.map((value, j) => (value - scaler.center![j]!) / scaler.scale![j]!),
  );
  const model = fitLogisticRegression({ rows, labels: data.labels }, classCount, hyperparameters);
  return { preprocessing: [scaler], model };
}

/** The fitted model as the server runs it, so that figures are those of the code that serves. */
export function toClassifier(
  { preprocessing, model }: FittedModel,
  { name, features, classes }: Pick<Dataset, 'name' | 'features' | 'classes'>,
): Classifier {
  return new Classifier(
    sealArtifact({
      name,
      version: 'unreleased',
      input: { features },
      preprocessing,
      classes,
      model,
      verification: { tolerance: 1e-12, cases: [] },
      provenance: { source: 'trained' },
    }),
  );
}
