import { EigenvalueDecomposition, type Matrix } from 'ml-matrix';
import { TrainingError } from '../training.error';

/**
 * Below 8 / λmax(XᵀX) every step of gradient descent lowers the summed logistic loss: its second
 * derivative is at most XᵀX / 4 (Böhning, 1992), and a step must stay below 2 over that.
 * @param features X, n × d, not all zero
 * @throws TrainingError where the values are too large for their squares to be summed
 */
export function largestStableLearningRate(features: Matrix): number {
  const gram = features.transpose().mmul(features);
  if (!gram.to1DArray().every(Number.isFinite)) {
    throw new TrainingError('the features are too large to fit', 'Standardise them first.');
  }
  const { realEigenvalues } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  return 8 / Math.max(...realEigenvalues);
}
