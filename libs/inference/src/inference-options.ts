import type { ModelStore } from '@inferserve/model-store';
import type { ServedModel } from './served-model';

/** A model to serve; without a version the newest one that the store has. */
export interface RequestedModel {
  readonly name: string;
  readonly version?: string;
}

/** Which models to serve, and where they are kept. */
export interface InferenceOptions {
  readonly store: ModelStore;
  /** `*` for the newest version of every model in the store. */
  readonly models: readonly [RequestedModel, ...RequestedModel[]] | '*';
  /** Name of the default model; without it the first of `models`. */
  readonly defaultModel?: string;
  /** Versions that score the same rows as what is served under their names, for comparison only. */
  readonly shadows?: readonly RequestedModel[];
  /** Whether to start where no model can be served, because models may still come; `false` by default. */
  readonly startsEmpty?: boolean;
  /** Why a model that is sound cannot be served here, and what to do; `undefined` where it can. */
  readonly faultOf?: (model: ServedModel) => string | undefined;
}
