import { type DynamicModule, Module } from '@nestjs/common';
import type { ModelStore } from '@inferserve/model-store';

/** Token of the `ModelStore` that models are loaded from. */
export const MODEL_STORE = Symbol('MODEL_STORE');

/** Where models come from, for the whole application. */
@Module({})
export class ModelStoreModule {
  static of(store: ModelStore): DynamicModule {
    return {
      module: ModelStoreModule,
      global: true,
      providers: [{ provide: MODEL_STORE, useValue: store }],
      exports: [MODEL_STORE],
    };
  }
}
