import type { ModelStore } from '@inferserve/model-store';

/** A model to serve; without a version the newest one that the store has. */
export interface RequestedModel {
  readonly name: string;
  readonly version?: string;
}

/** Which models to serve, and where they are kept. */
export interface InferenceOptions {
  readonly store: ModelStore;
  /** At least one; the first is the default model. */
  readonly models: readonly [RequestedModel, ...RequestedModel[]];
}
