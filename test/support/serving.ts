import type { ModelStore } from '@inferserve/model-store';
import type { InferenceOptions, RequestedModel } from '../../libs/inference/src/inference-options';
import { ModelLoader } from '../../libs/inference/src/model-loader';
import { ModelRegistry } from '../../libs/inference/src/model-registry';
import { ModelUpdater } from '../../libs/inference/src/model-updater';

/** A registry of these models, that its updater fills on `start`. */
export function registryOf(
  store: ModelStore,
  first: RequestedModel,
  ...others: readonly RequestedModel[]
): Serving {
  return serving({ store, models: [first, ...others] });
}

export type Serving = ModelRegistry & {
  readonly updater: ModelUpdater;
  start(): Promise<void>;
};

/** A registry with its updater, as `InferenceModule` wires them. */
export function serving(options: InferenceOptions): Serving {
  const registry = new ModelRegistry(options);
  const updater = new ModelUpdater(options, new ModelLoader(options), registry);
  return Object.assign(registry, { updater, start: () => updater.onModuleInit() });
}
