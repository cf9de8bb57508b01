export { ADDRESS_REMEDY, isAddress } from './address';
export { fileRemedy } from './file-remedy';
export { FolderModelStore } from './folder-model-store';
export { leadsToArtifact } from './leads-to-artifact';
export { MemoryModelStore } from './memory-model-store';
export { PathModelStore } from './path-model-store';
export { isModelName, MODEL_NAME_RULE } from './model-name';
export type {
  IgnoredFolder,
  ModelReference,
  ModelStore,
  VersionListing,
  WriteOptions,
  WriteResult,
} from './model-store';
export { ModelStoreError, type ModelStoreFault } from './model-store.error';
export {
  compareVersions,
  isModelVersion,
  isPreRelease,
  MODEL_VERSION_RULE,
  newestVersion,
} from './model-version';
export { writeFileAtomically } from './write-file-atomically';
