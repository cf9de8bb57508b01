/** What one model may hold at most; what reading its file may cost is in `files/bytes/file-limits.ts`. */
export const LIMITS = {
  /** Columns of a request. */
  features: 100_000,
  classes: 10_000,
  /** Trees of one model. */
  treeMembers: 200_000,
  /** Nodes of all trees of one model. */
  treeNodes: 10_000_000,
  /** Weights of one model, also where its parts share an array. */
  weights: 20_000_000,
  /** Columns of one array of weights: text models have as many as terms. */
  weightColumns: 5_000_000,
  /** Steps of a pipeline, those of pipelines inside it included; parts of a ColumnTransformer. */
  pipelineSteps: 100,
  /** Estimators inside one another, and all of them together. */
  nesting: 16,
  estimators: 20_000,
  /** Columns of all steps together. */
  convertedColumns: 20_000_000,
  /** Parts of a dictionary, list or tuple of estimators. */
  bundleSize: 100,
  /** Containers and estimators that are looked at in search of a model, and their elements together. */
  searchedValues: 1_000,
  searchedElements: 1_000_000,
} as const;
