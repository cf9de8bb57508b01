/** How one answer came about. `base` and all contributions add up to `score`. */
export interface Explanation {
  /** The score of the predicted class, or of the value, in `unit`. */
  readonly score: number;
  /** The score of an average row. */
  readonly base: number;
  readonly unit: string;
  /** What each column added, in the order of the columns. */
  readonly contributions: Float64Array;
}
