export { InferenceModule } from './inference.module';
export { type FeatureRecord, InferenceService } from './inference.service';
export type { InferenceOptions } from './inference-options';
export { ModelLoadError } from './model-load.error';
