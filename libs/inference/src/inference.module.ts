import { Module } from '@nestjs/common';
import { InferenceModuleClass } from './inference.module-definition';
import { ModelLoader } from './model-loader';
import { ModelRegistry } from './model-registry';

/** Serves verified models; its initialisation fails where an artifact cannot be trusted. */
@Module({ providers: [ModelLoader, ModelRegistry], exports: [ModelRegistry] })
export class InferenceModule extends InferenceModuleClass {}
