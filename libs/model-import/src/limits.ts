/** What one model may hold at most; what reading its file may cost is in `files/bytes/file-limits.ts`. */
export const LIMITS = {
  /** Elements of one array that is decoded into a list, and weights of one model. */
  decodedElements: 2_000_000,
  features: 100_000,
  classes: 10_000,
  /** Steps of a pipeline, those of pipelines inside it included; parts of a ColumnTransformer. */
  pipelineSteps: 100,
  /** Search results and wrappers around one estimator. */
  wrapperDepth: 8,
  /** Parts of a dictionary, list or tuple of estimators. */
  bundleSize: 100,
  /** Containers and estimators that are looked at in search of a model, and their elements together. */
  searchedValues: 1_000,
  searchedElements: 1_000_000,
} as const;
