import { nearestName } from '@inferserve/model';
import { isModelName, MODEL_NAME_RULE } from './model-name';
import {
  isModelVersion,
  isPreRelease,
  isSafeFolderName,
  MODEL_VERSION_RULE,
  newestVersion,
} from './model-version';
import type { VersionListing } from './model-store';
import { ModelStoreError } from './model-store.error';

const MAX_LISTED = 10;

/** @throws ModelStoreError for a text that may not name a model */
export function checkModelName(name: string, storeLocation: string): void {
  if (isModelName(name)) return;
  throw new ModelStoreError(
    'invalid-name',
    storeLocation,
    `"${name}" is not a model name`,
    `${MODEL_NAME_RULE}.`,
  );
}

/** @throws ModelStoreError for a text under which nothing is stored */
export function checkModelVersion(version: string, modelLocation: string): void {
  if (isModelVersion(version)) return;
  throw invalidVersion(version, modelLocation);
}

/** @throws ModelStoreError for a text that cannot be a folder of the store */
export function checkRequestedVersion(version: string, modelLocation: string): void {
  if (isSafeFolderName(version)) return;
  throw invalidVersion(version, modelLocation);
}

/** The version that is served where none is asked for. @throws ModelStoreError where there is none */
export function chooseNewest({ versions, ignored }: VersionListing, modelLocation: string): string {
  const newest = newestVersion(versions);
  if (newest !== undefined) return newest;
  if (versions.some(isPreRelease)) {
    throw new ModelStoreError(
      'no-version',
      modelLocation,
      `holds only pre-releases: ${lastOf(versions)}`,
      `Ask for one by name: MODEL_VERSION=${versions.at(-1)}.`,
    );
  }
  const found = ignored.map(({ folder, reason }) => `"${folder}" (${reason})`);
  throw new ModelStoreError(
    'no-version',
    modelLocation,
    `holds no version${found.length > 0 ? `; ignored: ${lastOf(found)}` : ''}`,
    'Put the artifact at <version>/model.json below this folder, such as 1/model.json, or make the model: npm run train',
  );
}

/** For a name under which the store holds nothing; `names` are those it does hold. */
export function modelNotFound(
  name: string,
  names: readonly string[],
  modelLocation: string,
  cause?: unknown,
): ModelStoreError {
  const nearest = nearestName(name, names);
  const models = names.length > 0 ? ` Models there: ${lastOf(names)}.` : '';
  return new ModelStoreError(
    'model-not-found',
    modelLocation,
    'cannot be read',
    'Set MODEL_NAME to a folder of ARTIFACTS_DIR, or make the model: npm run train.' +
      (nearest === undefined ? models : ` Did you mean "${nearest}"?`),
    { cause },
  );
}

/** For a version that the model does not have; `versions` are those it has. */
export function versionNotFound(
  versions: readonly string[],
  artifactLocation: string,
  cause?: unknown,
): ModelStoreError {
  return new ModelStoreError(
    'version-not-found',
    artifactLocation,
    'cannot be read',
    'Check MODEL_NAME, MODEL_VERSION and ARTIFACTS_DIR.' +
      (versions.length > 0 ? ` Versions there: ${lastOf(versions)}.` : ''),
    { cause },
  );
}

/** For a write that would lose another artifact. */
export function alreadyExists(artifactLocation: string, cause?: unknown): ModelStoreError {
  return new ModelStoreError(
    'already-exists',
    artifactLocation,
    'already exists and is another model',
    'Choose another version, or replace it with --force.',
    { cause },
  );
}

function invalidVersion(version: string, modelLocation: string): ModelStoreError {
  return new ModelStoreError(
    'invalid-version',
    modelLocation,
    `"${version}" is not a version`,
    `${MODEL_VERSION_RULE}.`,
  );
}

function lastOf(texts: readonly string[]): string {
  const rest = texts.length - MAX_LISTED;
  return `${rest > 0 ? `(${rest} more), ` : ''}${texts.slice(-MAX_LISTED).join(', ')}`;
}
