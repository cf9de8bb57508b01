import type { CrossValidationPlan } from './evaluation/cross-validate';
import type { Hyperparameters } from './fitting/fit-logistic-regression';

/** What is asked of a training; beside the data nothing else decides its result. */
export interface TrainingPlan {
  /** Of the artifact, for example "1". */
  readonly version: string;
  readonly hyperparameters: Hyperparameters;
  readonly crossValidation: CrossValidationPlan;
}
