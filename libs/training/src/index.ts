export { type Dataset, type LabelledRows, selectRows, type Split } from './data/dataset';
export { IRIS } from './data/iris';
export { IRIS_SPLIT } from './data/iris-split';
export {
  type CrossValidation,
  type CrossValidationPlan,
  crossValidate,
  type Spread,
} from './evaluation/cross-validate';
export type { Hyperparameters } from './fitting/fit-logistic-regression';
export { type ProgressListener, trainArtifact, type TrainingResult } from './train-artifact';
export { trainIris } from './train-iris';
export { TrainingError } from './training.error';
export type { TrainingPlan } from './training-plan';
