export { type Dataset, type LabelledRows, selectRows, type Split } from './data/dataset';
export { IRIS } from './data/iris';
export { IRIS_SPLIT } from './data/iris-split';
export { brierScore } from './evaluation/brier-score';
export {
  type ClassFigures,
  type ClassificationReport,
  classificationReport,
} from './evaluation/classification-report';
export { accuracy, confusionMatrix, type ConfusionMatrix } from './evaluation/confusion-matrix';
export {
  type CrossValidation,
  type CrossValidationPlan,
  crossValidate,
  type Spread,
} from './evaluation/cross-validate';
export {
  evaluate,
  evaluateClassifier,
  type Evaluation,
  type Predictions,
} from './evaluation/evaluate';
export { evaluateRegressor, type RegressionEvaluation } from './evaluation/evaluate-regressor';
export { formatClassificationReport } from './evaluation/format-classification-report';
export { formatConfusionMatrix } from './evaluation/format-confusion-matrix';
export { logLoss } from './evaluation/log-loss';
export type { Hyperparameters } from './fitting/fit-logistic-regression';
export { type ProgressListener, trainArtifact, type TrainingResult } from './train-artifact';
export { trainIris } from './train-iris';
export { TrainingError } from './training.error';
export type { TrainingPlan } from './training-plan';
