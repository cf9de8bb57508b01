import type { InferenceOptions } from '@inferserve/inference';
import { type ModelStore, PathModelStore } from '@inferserve/model-store';
import type { Environment } from '../settings/environment';

/** The model that is served where the settings name none. */
const FALLBACK_MODEL = 'iris';

/** Which models of the store the settings ask for, and which of them is the default. */
export function requestedModels(
  store: ModelStore,
  { models, shadows, modelName, modelVersion, modelReloadMs, adminPort }: Environment,
): InferenceOptions {
  // Whoever can bring a model later may start without one.
  const startsEmpty = modelReloadMs > 0 || adminPort > 0;
  if (models === '*') return { store, models, defaultModel: modelName, shadows, startsEmpty };
  const fallback = store instanceof PathModelStore ? store.name : FALLBACK_MODEL;
  const [first = { name: modelName ?? fallback, version: modelVersion }, ...others] = models ?? [];
  return { store, models: [first, ...others], defaultModel: modelName, shadows, startsEmpty };
}
