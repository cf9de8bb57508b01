import type { Bins } from './bins';
import type { DistributionSpec } from './distributions';

/** Sums up numbers, one at a time, in bounded memory. */
export interface DistributionCollector {
  /** Takes the number that a column has in the input row: a value or a code, NaN where it is missing. */
  add(value: number): void;
  /** What was taken so far; `undefined` where nothing but missing values was. */
  finish(): DistributionSpec | undefined;
}

/** How the distribution of one column, or of the predictions, is collected and compared. */
export interface DistributionForm {
  /** @param sampleSize most values to be kept where they cannot be counted one by one */
  collect(sampleSize: number): DistributionCollector;
  /** @throws ArtifactError where the distribution is not of this form */
  bins(distribution: DistributionSpec, path: string): Bins;
}
