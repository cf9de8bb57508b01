import type { Scalable } from '../transforms/transform';

/** A predictor bound to its input row. */
export interface Predictor {
  /** Written by `run`; one number, or one for each class. */
  readonly scores: Float64Array;
  run(unit: number): void;
  readonly scalable?: Scalable;
  /** For kinds that score many rows at once for less than one after the other. */
  readonly batch?: BatchScorer;
}

/** Scores a block of rows: `hold` each, `run` once, then `take` each. */
export interface BatchScorer {
  /** Most rows of a block; a full one takes at most about 25 ms. */
  readonly blockSize: number;
  /** Keeps the input row as it stands as row `index` of the block. */
  hold(index: number): void;
  /** Scores the rows 0 to `count` - 1. */
  run(count: number): void;
  /** Writes the scores of row `index` to `scores`. */
  take(index: number): void;
}
