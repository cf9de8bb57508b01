/** One row to score. */
export interface InputRow {
  /** The line it starts on, counted from 1. */
  readonly line: number;
  /** One value per column of the model, as JSON has it; `undefined` where there is none. */
  readonly values: readonly unknown[];
  /** What a table of predictions repeats, one text per name of the header. */
  readonly fields: readonly string[];
  /** Why the row has no values; `undefined` where it has. */
  readonly problem?: string;
}

/** Rows as they are read, one at a time. */
export interface RowSource {
  /** Names of `fields`. */
  readonly header: readonly string[];
  readonly rows: AsyncIterable<InputRow>;
}
