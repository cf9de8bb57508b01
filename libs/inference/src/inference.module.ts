import { Module } from '@nestjs/common';
import { InferenceModuleClass } from './inference.module-definition';
import { ModelLoader } from './model-loader';
import { ModelRegistry } from './model-registry';
import { ModelUpdater } from './model-updater';

/** Serves verified models; its initialisation fails where none can be served. */
@Module({
  providers: [ModelLoader, ModelRegistry, ModelUpdater],
  exports: [ModelRegistry, ModelUpdater],
})
export class InferenceModule extends InferenceModuleClass {}
