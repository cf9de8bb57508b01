/** A class as the training data named it; integers and booleans stay what they are in answers. */
export type ClassLabel = string | number | boolean;

/** One input column, in the position in which the coefficients expect it. */
export interface Feature {
  readonly name: string;
  readonly unit?: string;
  readonly description?: string;
  /** Smallest and largest value of the training rows, in `unit`. */
  readonly observedMin?: number;
  readonly observedMax?: number;
}

/** `(x − center) / scale` per feature; a `null` part is left out. */
export interface StandardizeStep {
  readonly type: 'standardize';
  readonly center: readonly number[] | null;
  readonly scale: readonly number[] | null;
  readonly from?: string;
  readonly samplesSeen?: number;
}

/** `x · multiply + add` per feature, then limited to `clip` where that is given. */
export interface AffineStep {
  readonly type: 'affine';
  readonly multiply: readonly number[];
  readonly add: readonly number[];
  readonly clip?: readonly [number, number];
  readonly from?: string;
}

export type PreprocessingStep = StandardizeStep | AffineStep;

/**
 * How scores z become probabilities, named after what scikit-learn does:
 * `softmax`: exp(z/T) normalised · `sigmoid`: two classes, one row, 1/(1+exp(−z)) ·
 * `softmax-pm`: two classes, one row, softmax of (−z, z) · `ovr-normalized`: a sigmoid a class, normalised ·
 * `modified-huber`: (clip(z, −1, 1) + 1)/2, normalised · `none`: the model has no probabilities.
 */
export const PROBABILITY_RULES = [
  'softmax',
  'sigmoid',
  'softmax-pm',
  'ovr-normalized',
  'modified-huber',
  'none',
] as const;
export type ProbabilityRule = (typeof PROBABILITY_RULES)[number];

/** Scores are `coefficients · x + intercepts`: k × d and k, or 1 × d and 1 for two classes. */
export interface LinearModel {
  readonly type: 'linear';
  readonly coefficients: readonly (readonly number[])[];
  readonly intercepts: readonly number[];
  readonly probability: ProbabilityRule;
  /** T of `softmax`; 1 where it is absent. */
  readonly temperature?: number;
  readonly storedPrecision?: 'float64' | 'float32';
}

/** Figures on one set of rows. Rows of the matrix are true classes, columns predicted ones. */
export interface Metrics {
  readonly n?: number;
  readonly accuracy?: number;
  readonly logLoss?: number;
  readonly brier?: number;
  readonly confusionMatrix?: readonly (readonly number[])[];
}

/** A row and the answer that any correct scorer gives for it. */
export interface VerificationCase {
  readonly input: readonly number[];
  readonly label: ClassLabel;
  readonly probabilities?: readonly number[];
}

export interface Verification {
  /** Largest absolute difference allowed between stated and computed probabilities. */
  readonly tolerance: number;
  readonly cases: readonly VerificationCase[];
}

export interface SourceFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes?: number;
}

export interface Provenance {
  readonly source: 'trained' | 'imported';
  readonly sourceFormat?: string;
  readonly sourceFiles?: readonly SourceFile[];
  readonly sklearnVersion?: string;
  readonly importer?: string;
  readonly warnings?: readonly string[];
}

/** Everything a linear classifier needs to be served, and how it came to be. */
export interface Artifact {
  readonly format: 'linear-classifier';
  readonly schemaVersion: 1;
  readonly name: string;
  readonly version: string;
  readonly createdAt?: string;
  readonly description?: string;
  readonly input: { readonly features: readonly Feature[] };
  readonly preprocessing: readonly PreprocessingStep[];
  readonly classes: readonly ClassLabel[];
  readonly model: LinearModel;
  /** Free-form record of the training: library, hyperparameters, data, split. */
  readonly training?: Readonly<Record<string, unknown>>;
  readonly metrics?: Readonly<Record<string, Metrics>>;
  readonly verification: Verification;
  readonly provenance: Provenance;
  /** `sha256:` and the hex digest of the canonical JSON of all the other members. */
  readonly contentHash: string;
}

/** An artifact before `sealArtifact` gives it its format, schema version and hash. */
export type ArtifactContent = Omit<Artifact, 'format' | 'schemaVersion' | 'contentHash'>;
