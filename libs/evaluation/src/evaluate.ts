import type { CompiledModel, Metrics } from '@inferserve/model';
import { brierScore } from './brier-score';
import { accuracy, confusionMatrix } from './confusion-matrix';
import { logLoss } from './log-loss';

/** Answers of any classifier beside the truth. */
export interface Predictions {
  /** n class indices */
  readonly truth: readonly number[];
  /** n class indices */
  readonly predicted: readonly number[];
  readonly classCount: number;
  /** n × k; absent for a model that has none */
  readonly probabilities?: readonly ArrayLike<number>[];
}

/** Metrics with the members that every classifier has; log-loss and Brier score need probabilities. */
export type Evaluation = Metrics & Required<Pick<Metrics, 'n' | 'accuracy' | 'confusionMatrix'>>;

/**
 * The figures of a set of predictions.
 * @throws RangeError for lists that do not fit together or numbers that are no classes or probabilities
 */
export function evaluate({ truth, predicted, classCount, probabilities }: Predictions): Evaluation {
  const matrix = confusionMatrix(truth, predicted, classCount);
  const counted = { n: truth.length, accuracy: accuracy(matrix), confusionMatrix: matrix };
  if (!probabilities) return counted;
  checkProbabilities(probabilities, truth.length, classCount);
  return {
    n: counted.n,
    accuracy: counted.accuracy,
    logLoss: logLoss(truth, probabilities),
    brier: brierScore(truth, probabilities),
    confusionMatrix: matrix,
  };
}

/** Rows of JSON values in the order of the columns, each with the index of its class. */
export interface LabelledInputs {
  readonly rows: readonly (readonly unknown[])[];
  readonly labels: readonly number[];
}

/** The figures of a classifier on raw rows, scored by the code that serves. */
export function evaluateClassifier(
  classifier: CompiledModel,
  { rows, labels }: LabelledInputs,
): Evaluation {
  const predicted: number[] = [];
  const probabilities: Float64Array[] = [];
  for (const row of rows) {
    const answer = classifier.score(row);
    if (answer.task !== 'classification') throw new TypeError('the model is not a classifier');
    predicted.push(answer.classIndex);
    if (answer.probabilities) probabilities.push(answer.probabilities);
  }
  return evaluate({
    truth: labels,
    predicted,
    classCount: classifier.classes.length,
    ...(classifier.hasProbabilities && { probabilities }),
  });
}

function checkProbabilities(
  probabilities: readonly ArrayLike<number>[],
  n: number,
  classCount: number,
): void {
  if (probabilities.length !== n) {
    throw new RangeError(`expected probabilities of ${n} rows, not of ${probabilities.length}`);
  }
  for (const [row, ofRow] of probabilities.entries()) {
    const values = Array.from(ofRow);
    if (values.length !== classCount || !values.every((p) => p >= 0 && p <= 1)) {
      throw new RangeError(
        `row ${row} must have ${classCount} probabilities from 0 to 1, not [${values.join(', ')}]`,
      );
    }
  }
}
