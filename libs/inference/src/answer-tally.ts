import type { Artifact, ClassLabel } from '@inferserve/model';
import { valueBounds } from './value-bounds';

/** Counts the answers of one model: of a classifier by class, of a regressor by size. Costs an addition each. */
export class AnswerTally {
  /** Empty for regression. */
  readonly classes: readonly ClassLabel[];
  /** Upper bounds of the buckets of a regressor, ascending; empty for classification. */
  readonly bounds: readonly number[];
  /** Answers by class; for regression by bucket, the last one for what exceeds all bounds. */
  readonly counts: Float64Array;
  private valueSum = 0;

  constructor(
    readonly name: string,
    readonly version: string,
    artifact: Artifact,
  ) {
    this.classes = artifact.task === 'classification' ? artifact.classes : [];
    this.bounds =
      artifact.task === 'regression'
        ? valueBounds(artifact.verification.cases.map(({ value }) => value))
        : [];
    this.counts = new Float64Array(this.classes.length || this.bounds.length + 1);
  }

  countClass(index: number): void {
    this.counts[index]! += 1;
  }

  countValue(value: number): void {
    const { bounds } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]!) bucket += 1;
    this.counts[bucket]! += 1;
    this.valueSum += value;
  }

  /** Sum of the values of a regressor. */
  get sum(): number {
    return this.valueSum;
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  reset(): void {
    this.counts.fill(0);
    this.valueSum = 0;
  }
}
