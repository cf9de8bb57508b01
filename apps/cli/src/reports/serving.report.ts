import { resolve } from 'node:path';
import { isPreRelease } from '@inferserve/model-store';
import { DEFAULT_ARTIFACTS_DIR } from '../options/artifacts-dir.option';

/** A stored version, and the one that the server takes where none is named. */
export interface StoredVersion {
  readonly name: string;
  readonly version: string;
  /** `undefined` where the model has pre-releases only. */
  readonly newest: string | undefined;
  readonly artifactsDir: string;
}

/** Says which version `npm start` serves now, and how to serve the stored one if it is another. */
export function servingReport({ name, version, newest, artifactsDir }: StoredVersion): string {
  const settings = `${directorySetting(artifactsDir)}MODEL_NAME=${name}`;
  if (version === newest) {
    return `Version ${version} is now the newest. Serve it: ${settings} npm start\n`;
  }
  const reason = isPreRelease(version)
    ? `Version ${version} is a pre-release, which is served only by name`
    : `Version ${version} is not the newest`;
  const others = newest === undefined ? '' : `; ${settings} npm start serves version ${newest}`;
  return `${reason}${others}.\nServe version ${version}: ${settings} MODEL_VERSION=${version} npm start\n`;
}

function directorySetting(directory: string): string {
  if (resolve(directory) === resolve(DEFAULT_ARTIFACTS_DIR)) return '';
  const quoted = /^[\w@%+:,./-]+$/.test(directory)
    ? directory
    : `'${directory.replaceAll("'", String.raw`'\''`)}'`;
  return `ARTIFACTS_DIR=${quoted} `;
}
