import type { Outside } from './outside';

/** A bin of values that lie outside of a baseline, or are missing. */
export interface OutsideBin extends Outside {
  readonly bin: number;
  /** Whether the baseline has no such value at all. */
  readonly isUnknown: boolean;
}

/** A distribution cut into bins, so that other values can be counted and compared with it. */
export interface Bins {
  /** Numbers that `binOf` gives are below this. */
  readonly count: number;
  /** Names for people of the bins that are compared: the first ones. */
  readonly names: readonly string[];
  /** Share of the baseline's rows by compared bin. Adds up to 1. */
  readonly expected: readonly number[];
  /** For each bin the one that it is compared as: a value outside the range as one at its end. */
  readonly comparedAs: readonly number[];
  readonly outside: readonly OutsideBin[];
  /** The bin of a number as it stands in the input row. */
  binOf(value: number): number;
}
