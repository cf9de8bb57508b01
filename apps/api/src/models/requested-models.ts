import type { InferenceOptions, ServedModel } from '@inferserve/inference';
import { type ModelStore, PathModelStore } from '@inferserve/model-store';
import { rowLimit } from '../protocols/shared/row-limit';
import type { Environment } from '../settings/environment';

/** The model that is served where the settings name none. */
const FALLBACK_MODEL = 'iris';

/** Which models of the store the settings ask for, and which of them is the default. */
export function requestedModels(store: ModelStore, environment: Environment): InferenceOptions {
  const { models, shadows, modelName, modelVersion, modelReloadMs, adminPort } = environment;
  // Whoever can bring a model later may start without one.
  const startsEmpty = modelReloadMs > 0 || adminPort > 0;
  const faultOf = (model: ServedModel): string | undefined => bodyFault(environment, model);
  const options = { store, defaultModel: modelName, shadows, startsEmpty, faultOf };
  if (models === '*') return { ...options, models };
  const fallback = store instanceof PathModelStore ? store.name : FALLBACK_MODEL;
  const [first = { name: modelName ?? fallback, version: modelVersion }, ...others] = models ?? [];
  return { ...options, models: [first, ...others] };
}

/** Where not even the example of a model could be sent. */
function bodyFault(environment: Environment, model: ServedModel): string | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(model.example.row));
  const limit = rowLimit(environment, model);
  if (bytes <= limit) return undefined;
  return (
    `A row of model ${model.name} takes ${bytes} bytes, more than BODY_LIMIT allows (${limit}). ` +
    'Raise BODY_LIMIT, or leave it unset to have it follow from the model'
  );
}
