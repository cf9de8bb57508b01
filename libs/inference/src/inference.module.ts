import { Module } from '@nestjs/common';
import { InferenceModuleClass } from './inference.module-definition';
import { ModelLoader } from './model-loader';
import { ModelRegistry } from './model-registry';
import { ModelUpdater } from './model-updater';
import { ShadowScorer } from './shadow-scorer';

/** Serves verified models; its initialisation fails where none can be served. */
@Module({
  providers: [ModelLoader, ModelRegistry, ModelUpdater, ShadowScorer],
  exports: [ModelRegistry, ModelUpdater, ShadowScorer],
})
export class InferenceModule extends InferenceModuleClass {}
