export { importModel } from './import-model';
export type { ImportedModel, ImportOptions } from './import-model';
export { inspectFile } from './inspect-file';
export type { FileReport } from './inspect-file';
export { EXPORT_SNIPPET } from './json/export-snippet';
export type { FoundStep } from './linear-source';
export { ModelImportError } from './files/bytes/model-import.error';
export type { NamedBytes } from './named-bytes';
