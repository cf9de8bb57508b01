export { brierScore } from './brier-score';
export {
  type ClassFigures,
  type ClassificationReport,
  classificationReport,
} from './classification-report';
export { accuracy, confusionMatrix, type ConfusionMatrix } from './confusion-matrix';
export { evaluate, evaluateClassifier, type Evaluation, type Predictions } from './evaluate';
export { evaluateRegressor, type RegressionEvaluation } from './evaluate-regressor';
export { formatClassificationReport } from './format-classification-report';
export { formatConfusionMatrix } from './format-confusion-matrix';
export { logLoss } from './log-loss';
