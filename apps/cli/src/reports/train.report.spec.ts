import type { TrainingResult } from '@inferserve/training';
import { trainReport } from './train.report';

const MATRIX = [
  [2, 0],
  [1, 3],
];
const RESULT = {
  artifact: { name: 'flowers', version: '7', classes: ['red', 'blue'] },
  train: { n: 20, accuracy: 1, confusionMatrix: MATRIX },
  test: { n: 6, accuracy: 5 / 6, confusionMatrix: MATRIX },
  crossValidation: {
    repeats: 3,
    folds: 4,
    seed: 1,
    accuracy: { mean: 0.95, deviation: 0.02 },
    logLoss: { mean: 0.1234, deviation: 0.0166 },
    confusionMatrix: MATRIX,
  },
} as unknown as TrainingResult;

describe('trainReport', () => {
  it('has the figures on the test rows and of the cross-validation', () => {
    expect(trainReport(RESULT)).toBe(`flowers 7: trained on 20 rows, tested on 6 others

              precision    recall  f1-score   support

         red       0.67      1.00      0.80         2
        blue       1.00      0.75      0.86         4

    accuracy                           0.83         6
   macro avg       0.83      0.88      0.83         6
weighted avg       0.89      0.83      0.84         6

true \\ predicted  red  blue
             red    2     0
            blue    1     3

Cross-validation, 3 × stratified 4-fold, the scaler fitted inside each fold
(mean ± standard deviation over the 12 folds):
    accuracy  0.950 ± 0.020
    log-loss  0.123 ± 0.017
`);
  });
});
