import type { InferenceOptions } from '@inferserve/inference';
import type { Environment } from '../environment';

/** The model that is served where the settings name none. */
const FALLBACK_MODEL = 'iris';

/** Which models the settings ask for, and which of them is the default. */
export function requestedModels({
  models,
  modelName,
  modelVersion,
  modelReloadMs,
  adminPort,
}: Environment): Omit<InferenceOptions, 'store'> {
  // Whoever can bring a model later may start without one.
  const startsEmpty = modelReloadMs > 0 || adminPort > 0;
  if (models === '*') return { models, defaultModel: modelName, startsEmpty };
  const [first = { name: modelName ?? FALLBACK_MODEL, version: modelVersion }, ...others] =
    models ?? [];
  return { models: [first, ...others], defaultModel: modelName, startsEmpty };
}
