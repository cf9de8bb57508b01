import type { Answer } from '@inferserve/model';
import type { ServedModel } from './served-model';

/** Values of regressors that differ by no more than this, relative to max(1, |value|), are the same. */
const TOLERANCE = 1e-9;

export type ShadowOutcome = 'agree' | 'differ' | 'error' | 'dropped';

/** How the answers of a shadow version compare with those of the version that serves. */
export class ShadowComparison {
  readonly rows: Record<ShadowOutcome, number> = { agree: 0, differ: 0, error: 0, dropped: 0 };
  private gap = 0;

  constructor(
    readonly name: string,
    readonly version: string,
    readonly shadowVersion: string,
  ) {}

  /** The largest difference of a probability, or of the values of regressors, so far. */
  get largestGap(): number {
    return this.gap;
  }

  /** Share of the compared rows that got the same answer; 1 before the first. */
  get agreement(): number {
    const { agree, differ } = this.rows;
    return agree + differ === 0 ? 1 : agree / (agree + differ);
  }

  /** Counts the answers of both to one row. */
  compare(served: ServedModel, answer: Answer, shadow: ServedModel, other: Answer): void {
    if (answer.task === 'regression' && other.task === 'regression') {
      const gap = Math.abs(answer.value - other.value);
      this.count(gap <= TOLERANCE * Math.max(1, Math.abs(answer.value)), gap);
    } else if (answer.task === 'classification' && other.task === 'classification') {
      const gap = largestDifference(served, answer.probabilities, shadow, other.probabilities);
      this.count(answer.label === other.label, gap);
    } else {
      this.rows.error += 1;
    }
  }

  private count(isSame: boolean, gap: number): void {
    this.rows[isSame ? 'agree' : 'differ'] += 1;
    this.gap = Math.max(this.gap, gap);
  }
}

/** By class, whatever its position; a class that one of them does not know has the probability 0 there. */
function largestDifference(
  { classes }: ServedModel,
  probabilities: Float64Array | undefined,
  shadow: ServedModel,
  others: Float64Array | undefined,
): number {
  if (!probabilities || !others) return 0;
  let largest = 0;
  const seen = new Set<number>();
  for (const [k, label] of classes.entries()) {
    const at = shadow.classes.indexOf(label);
    seen.add(at);
    largest = Math.max(largest, Math.abs(probabilities[k]! - (others[at] ?? 0)));
  }
  for (const [k, probability] of others.entries()) {
    if (!seen.has(k)) largest = Math.max(largest, probability);
  }
  return largest;
}
