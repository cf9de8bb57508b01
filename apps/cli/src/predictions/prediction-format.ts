import type { ScoredRow } from './score-rows';

/** A form of text that predictions are written in. */
export interface PredictionFormat {
  /** What comes before the rows; empty for none. */
  readonly head: string;
  /** The line or lines of one row. */
  row(scored: ScoredRow): string;
}
