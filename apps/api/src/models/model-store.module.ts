import { type DynamicModule, Global, Module } from '@nestjs/common';
import { FolderModelStore, type ModelStore, PathModelStore } from '@inferserve/model-store';
import type { Environment } from '../settings/environment';
import { environmentConfig } from '../settings/environment.config';

/** Token of the `ModelStore` that models are loaded from. */
export const MODEL_STORE = Symbol('MODEL_STORE');
const GIVEN_STORE = Symbol('GIVEN_STORE');

/** Where models come from: a store that the start of the server brings along, else what the settings name. */
@Global()
@Module({
  providers: [
    {
      provide: MODEL_STORE,
      inject: [environmentConfig.KEY, { token: GIVEN_STORE, optional: true }],
      useFactory: async (
        { artifactsDir, modelPath, modelName }: Environment,
        given?: ModelStore,
      ): Promise<ModelStore> => {
        if (given) return given;
        return modelPath === undefined
          ? new FolderModelStore(artifactsDir)
          : PathModelStore.open(modelPath, modelName);
      },
    },
  ],
  exports: [MODEL_STORE],
})
export class ModelStoreModule {
  /** Brings a store along, for the whole application. */
  static giving(store: ModelStore): DynamicModule {
    return {
      module: GivenStoreModule,
      global: true,
      providers: [{ provide: GIVEN_STORE, useValue: store }],
      exports: [GIVEN_STORE],
    };
  }
}

@Module({})
class GivenStoreModule {}
