export { importModel } from './assembly/import-model';
export type { ImportedModel, ImportOptions } from './assembly/import-model';
export { inspectFile } from './assembly/inspect-file';
export type { FileReport, ModelReport } from './assembly/inspect-file';
export type { NamedBytes } from './assembly/named-bytes';
export type { FoundStep } from './estimators/contract/converter';
export { CONVERTERS } from './estimators/registry/converters';
export { EXPORT_SNIPPET } from './estimators/export/export-snippet';
export { ModelImportError } from './files/bytes/model-import.error';
