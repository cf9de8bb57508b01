/** The answers to many rows, column by column, in the order of the rows. */
export interface Predictions {
  readonly count: number;
  /** Position of the predicted class among the classes; empty for regression. */
  readonly classIndices: Int32Array;
  /** The predicted number; empty for classification. */
  readonly values: Float64Array;
  /** One probability for each class of each row, row after row; absent where they were not asked for. */
  readonly probabilities?: Float64Array;
  /** What `explainRows` gives; absent where it was not asked for. */
  readonly explanations?: Float64Array;
  /** Counts of the rows by the bins of the baseline; absent where the model has none. */
  readonly traffic?: Float64Array;
}
