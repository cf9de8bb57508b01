export { InferenceModule } from './inference.module';
export type { InferenceOptions, RequestedModel } from './inference-options';
export type { ColumnDescription, ModelDescription } from './model-description';
export { ModelLoadError } from './model-load.error';
export { ModelRegistry } from './model-registry';
export { type ExampleAnswer, type ModelExample, type Row, ServedModel } from './served-model';
export type { Predictions } from './predictions';
export { type RowSource, scoreRows } from './score-rows';
export { FaultyRowsError } from './faulty-rows.error';
