import type {
  ClassLabel,
  LinearModel,
  PreprocessingStep,
  VerificationCase,
} from '@inferserve/model';

/** A step of the model as its file names it. */
export interface FoundStep {
  /** `StandardScaler`, `LinearClassifier`, … */
  readonly type: string;
  readonly name?: string;
  /** What its numbers amount to: `4 features`, `3 × 4`, … */
  readonly detail?: string;
}

/** Preprocessing of `featureCount` columns, in the order in which it is applied. */
export interface PreprocessingSource {
  readonly steps: readonly FoundStep[];
  readonly featureCount: number;
  readonly featureNames?: readonly string[];
  readonly preprocessing: readonly PreprocessingStep[];
  /** Smallest and largest training values, where the file has them. */
  readonly observed?: { readonly min: readonly number[]; readonly max: readonly number[] };
  readonly sklearnVersion?: string;
  readonly warnings: readonly string[];
}

/** A whole linear classifier, taken out of whatever format held it. */
export interface LinearSource extends PreprocessingSource {
  readonly classes: readonly ClassLabel[];
  readonly model: LinearModel;
  /** Rows with the answers of the program that made the model, where the file has them. */
  readonly cases?: readonly VerificationCase[];
}
