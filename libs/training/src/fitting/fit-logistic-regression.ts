import LogisticRegression from 'ml-logistic-regression';
import { Matrix } from 'ml-matrix';
import type { LabelledRows } from '../data/dataset';
import { TrainingError } from '../training.error';
import { checkLabelledRows } from './check-labelled-rows';
import { largestStableLearningRate } from './largest-stable-learning-rate';

/** Settings of the gradient descent; the step is `learningRate` times the summed gradient. */
export interface Hyperparameters {
  readonly learningRate: number;
  readonly numSteps: number;
}

/** Weights for standardised features: k × d and k, or 1 × d and 1 for two classes. */
export interface LogisticWeights {
  readonly coefficients: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
}

/**
 * One-vs-rest: one binary classifier per class, with intercept and without regularisation. Its scores go
 * through the softmax; for two classes the second one's score alone goes through the sigmoid.
 * @param data standardised features; labels from 0 to classCount − 1, each present
 * @throws TrainingError for data or settings that the library would silently turn into nonsense
 */
export function fitLogisticRegression(
  data: LabelledRows,
  classCount: number,
  { learningRate, numSteps }: Hyperparameters,
): LogisticWeights {
  checkLabelledRows(data, classCount);
  // The library has no intercept: a column of ones gives it one.
  const features = new Matrix(data.rows.map((row) => [...row, 1]));
  checkHyperparameters({ learningRate, numSteps }, features);
  const regression = new LogisticRegression({ learningRate, numSteps });
  regression.train(features, Matrix.columnVector([...data.labels]));
  const rows = regression.classifiers.map(({ weights }) => weights.to1DArray());
  if (!rows.flat().every(Number.isFinite)) {
    throw new TrainingError(
      `the fit ended in weights that are not finite at learning rate ${learningRate}`,
      'Use a smaller learning rate.',
    );
  }
  const used = classCount === 2 ? rows.slice(1) : rows;
  return {
    // The library's weights score "not of this class", hence the sign.
    coefficients: used.map((weights) => weights.slice(0, -1).map((weight) => -weight)),
    intercepts: used.map((weights) => -weights.at(-1)!),
  };
}

function checkHyperparameters({ learningRate, numSteps }: Hyperparameters, features: Matrix): void {
  if (!Number.isInteger(numSteps) || numSteps < 1) {
    throw new TrainingError(`numSteps is ${numSteps}`, 'Use a whole number of at least 1.');
  }
  const limit = largestStableLearningRate(features);
  if (!(learningRate > 0 && learningRate < limit)) {
    throw new TrainingError(
      `learning rate ${learningRate} is not sure to converge on these rows`,
      `Use a smaller learning rate, above 0 and below ${limit.toPrecision(3)}.`,
    );
  }
}
