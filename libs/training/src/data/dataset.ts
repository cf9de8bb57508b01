import type { ClassLabel } from '@inferserve/model';

/** Rows of features, each with the index of its class. */
export interface LabelledRows {
  /** n × d */
  readonly rows: readonly (readonly number[])[];
  /** n indices into the classes */
  readonly labels: readonly number[];
}

/** A numeric column of a dataset. */
export interface Feature {
  readonly name: string;
  readonly unit?: string;
  readonly description?: string;
}

/** Labelled rows with the names of their columns and classes. */
export interface Dataset extends LabelledRows {
  readonly name: string;
  readonly features: readonly Feature[];
  readonly classes: readonly ClassLabel[];
}

/** Which rows train and which test, in order, and the settings that drew them. */
export interface Split {
  readonly testSize: number;
  readonly randomState: number;
  readonly trainIndices: readonly number[];
  readonly testIndices: readonly number[];
}

/** The rows at `indices`, in that order. */
export function selectRows(data: LabelledRows, indices: readonly number[]): LabelledRows {
  return {
    rows: indices.map((index) => data.rows[index]!),
    labels: indices.map((index) => data.labels[index]!),
  };
}
