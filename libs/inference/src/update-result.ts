/**
 * What came of looking at the store for a model: `loaded` where another version or other content was verified and
 * is served now, `rejected` where it cannot be served, so that what was served before goes on.
 */
export type UpdateOutcome = 'loaded' | 'unchanged' | 'rejected';

export interface UpdateResult {
  readonly name: string;
  readonly outcome: UpdateOutcome;
  /** The version that is served now; absent where there is none. */
  readonly version?: string;
  /** Why it was rejected, without paths of this machine. */
  readonly reason?: string;
}

/** A model that was asked for and could not be loaded as asked. */
export interface ModelProblem {
  readonly name: string;
  /** The version that was asked for, if any. */
  readonly version?: string;
  readonly reason: string;
  /** The version that goes on serving in its place; absent where there is none. */
  readonly servedVersion?: string;
}
