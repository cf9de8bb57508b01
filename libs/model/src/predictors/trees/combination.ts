/** How the leaves that a row reached become scores. */
export interface Combination {
  readonly scoreCount: number;
  /** Writes the scores of one row, from the leaf of each tree. */
  combine(reached: Int32Array, scores: Float64Array): void;
  /** The same for many rows, tree by tree; absent where all trees of a row are needed at once. */
  readonly block?: {
    start(scores: Float64Array, rowCount: number): void;
    /** Adds one tree, from the leaf of each row. */
    add(tree: number, reached: Int32Array, scores: Float64Array, rowCount: number): void;
    finish(scores: Float64Array, rowCount: number): void;
  };
}
