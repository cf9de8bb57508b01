export type { ColumnFault } from './compile/column-fault';
export type {
  Artifact,
  ArtifactContent,
  ClassCase,
  ClassificationArtifact,
  ClassLabel,
  InputValue,
  Metrics,
  NumberCase,
  SourceFile,
} from './artifact/artifact';
export { ARTIFACT_FORMATS } from './artifact/artifact-formats';
export { artifactSchema, schemaDefinitions } from './artifact/artifact';
export { ArtifactError } from './artifact/artifact.error';
export { formatArtifact } from './artifact/format-artifact';
export { MODEL_NAME_PATTERN, MODEL_VERSION_PATTERN } from './artifact/names';
export {
  float64Values,
  int32Values,
  type NumericArray,
  packArray,
  packMatrix,
} from './artifact/numeric-array';
export { parseArtifact } from './artifact/parse-artifact';
export { sealArtifact } from './artifact/seal-artifact';
export type { Explanations } from './explain/explanations';
export type { Baseline } from './baseline/baseline';
export { BaselineCollector } from './baseline/baseline-collector';
export { type CompiledBaseline, compileBaseline } from './baseline/compile-baseline';
export type { ColumnJsonSchema } from './columns/column-kind';
export { columnKind, type ColumnSpec } from './columns/columns';
export type { VectorizerSpec } from './columns/text/vectorizer';
export type { TextColumnSpec } from './columns/text-column';
export { compileArtifact } from './compile/compile-artifact';
export type { Answer, ClassAnswer, NumberAnswer } from './compile/answer';
export { CompiledModel } from './compile/compiled-model';
export { describeModel } from './compile/describe-model';
export { UnscorableRowError } from './compile/unscorable-row.error';
export { type ExampleAnswer, exampleRow } from './baseline/example-row';
export { type RowWarning, RowWarnings } from './baseline/row-warnings';
export type { Bins } from './distributions/bins';
export type { OutsideType } from './distributions/outside';
export type { DistributionSpec } from './distributions/distributions';
export { stabilityIndex } from './distributions/stability-index';
export { nearestName } from './nearest-name';
export type { ClassOutputSpec, NumberOutputSpec } from './outputs/outputs';
export type { KernelSpec } from './predictors/kernel';
export type { LinearSpec } from './predictors/linear';
export type { MlpSpec } from './predictors/mlp';
export type { NearestNeighboursSpec } from './predictors/nearest-neighbours';
export type { ModelMember, PredictorSpec, Stack, Vote } from './predictors/predictors';
export { buildTrees, type TreesOptions } from './predictors/trees/build-trees';
export type { TreeNodes } from './predictors/trees/order-tree';
export { TreeStructureError } from './predictors/trees/tree-structure.error';
export { type AppliedFunction, APPLIED_FUNCTIONS } from './transforms/apply';
export type { StandardizeSpec } from './transforms/standardize';
export type { TransformSpec } from './transforms/transforms';
