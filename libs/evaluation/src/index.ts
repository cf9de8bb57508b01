export { classificationReport } from './classification-report';
export type { ConfusionMatrix } from './confusion-matrix';
export { evaluateClassifier, type Evaluation } from './evaluate';
export { evaluateRegressor, type RegressionEvaluation } from './evaluate-regressor';
export { formatClassificationReport } from './format-classification-report';
export { formatConfusionMatrix } from './format-confusion-matrix';
