import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { InferenceOptions } from './inference-options';

export const {
  ConfigurableModuleClass: InferenceModuleClass,
  MODULE_OPTIONS_TOKEN: INFERENCE_OPTIONS,
} = new ConfigurableModuleBuilder<InferenceOptions>().setClassMethodName('forRoot').build();
