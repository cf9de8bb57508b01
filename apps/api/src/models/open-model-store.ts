import { FolderModelStore, type ModelStore, PathModelStore } from '@inferserve/model-store';
import type { Environment } from '../settings/environment';

/**
 * The store that the settings name.
 * @throws ModelStoreError where MODEL_PATH is no model
 */
export async function openModelStore({
  artifactsDir,
  modelPath,
  modelName,
}: Pick<Environment, 'artifactsDir' | 'modelPath' | 'modelName'>): Promise<ModelStore> {
  return modelPath === undefined
    ? new FolderModelStore(artifactsDir)
    : PathModelStore.open(modelPath, modelName);
}
