import type { Vector } from '../vector';

/**
 * For steps that are affine (but for clipping): with `run(unit)` they take a row in multiples of `unit` and
 * give one in multiples of `unit`, so that rows which overflow can be scored in a tiny unit.
 */
export interface Scalable {
  /** Largest absolute value of the output for inputs up to `inputBound`, all as multiples of `unit`. */
  bound(inputBound: number, unit: number): number;
}

/** A transform bound to its input row. */
export interface Transform {
  readonly output: Vector;
  /** Reads the input, writes the output. `unit` is 1 unless the whole model is scalable. */
  run(unit: number): void;
  readonly scalable?: Scalable;
  /**
   * For each position of the output the position of the input that it comes from, `MIXTURE` where there are several;
   * absent where all are mixtures.
   */
  sources?(): Int32Array;
}

/** A predictor bound to its input row. */
export interface Predictor {
  /** Written by `run`; one number, or one for each class. */
  readonly scores: Float64Array;
  run(unit: number): void;
  readonly scalable?: Scalable;
  /** For kinds that score many rows at once for less than one after the other. */
  readonly batch?: BatchScorer;
  /**
   * For kinds whose scores can be split into contributions; `expected` is the input of an average row, for kinds that
   * do not know it themselves.
   */
  explainer?(expected: Float64Array): Explainer;
  /** Steps of 10 ns that explaining a row takes, for kinds where they are many. */
  readonly explanationSteps?: number;
}

/** Splits scores exactly into what each position of the input adds. */
export interface Explainer {
  /**
   * For the row that was scored last: writes what each position added to score `index`, and returns that score without
   * any of them. The sum of both is the score.
   */
  explain(index: number, contributions: Float64Array): number;
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

/** Reads a class and probabilities off the scores of the last row. */
export interface ClassOutput {
  readonly hasProbabilities: boolean;
  /** Index of the predicted class. */
  classIndex(unit: number): number;
  /** Writes one probability for each class; only where `hasProbabilities`. */
  probabilities(unit: number, into: Float64Array): void;
  /**
   * scikit-learn's `decision_function` where the scores are not that already: the only number for two classes,
   * otherwise that of class `index`.
   */
  decision?(index: number): number;
}

/** Reads a number off the scores of the last row. */
export interface NumberOutput {
  value(): number;
}
