import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isAbsent, reasonOf, unreadable } from './file-errors';
import { fileRemedy } from './file-remedy';
import { isModelName } from './model-name';
import { versionAfter } from './model-version';
import type {
  ModelReference,
  ModelStore,
  VersionListing,
  WriteOptions,
  WriteResult,
} from './model-store';
import { ModelStoreError } from './model-store.error';
import { ARTIFACT_FILE, scanVersions, stateOf } from './scan-versions';
import {
  alreadyExists,
  checkModelName,
  checkModelVersion,
  checkRequestedVersion,
  chooseNewest,
  modelNotFound,
  versionNotFound,
} from './store-rules';
import { writeFileAtomically } from './write-file-atomically';

/** Artifacts in folders: `<directory>/<name>/<version>/model.json`. */
export class FolderModelStore implements ModelStore {
  /** Absolute. */
  readonly directory: string;

  constructor(directory: string) {
    this.directory = resolve(directory);
  }

  /** Absolute path at which a version is or would be stored. */
  pathOf(name: string, version: string): string {
    return join(this.directory, name, version, ARTIFACT_FILE);
  }

  async list(): Promise<readonly string[]> {
    const entries = await readdir(this.directory).catch((cause: unknown) => {
      throw unreadable(this.directory, cause, 'Set ARTIFACTS_DIR to the folder of the models');
    });
    const names: string[] = [];
    for (const name of entries.filter(isModelName).sort()) {
      // A model that cannot be looked into is listed, so that the reason comes up when it is asked for.
      const hasVersions = await this.scan(name).then(
        (listing) => listing !== undefined && listing.versions.length > 0,
        () => true,
      );
      if (hasVersions) names.push(name);
    }
    return names;
  }

  async versions(name: string): Promise<VersionListing> {
    checkModelName(name, this.directory);
    const listing = await this.scan(name);
    if (listing) return listing;
    const names = await this.list().catch(() => []);
    throw modelNotFound(name, names, join(this.directory, name));
  }

  async resolve(name: string, version?: string): Promise<ModelReference> {
    const listing = await this.versions(name);
    const folder = join(this.directory, name);
    if (version === undefined) {
      const newest = chooseNewest(listing, folder);
      return { name, version: newest, location: this.pathOf(name, newest) };
    }
    checkRequestedVersion(version, folder);
    const location = this.pathOf(name, version);
    // Also finds what is no version by name, for that was asked for.
    await stat(location).catch((cause: NodeJS.ErrnoException) => {
      if (isAbsent(cause)) throw versionNotFound(listing.versions, location, cause);
      throw unreadable(location, cause);
    });
    return { name, version, location };
  }

  async read({ location }: ModelReference): Promise<string> {
    return readFile(location, 'utf8').catch((cause: unknown) => {
      throw unreadable(location, cause);
    });
  }

  async fingerprint(name: string): Promise<string> {
    const { versions } = (await this.scan(name)) ?? { versions: [] };
    const hash = createHash('sha256');
    for (const version of versions) {
      const state = await stat(this.pathOf(name, version), { bigint: true }).then(stateOf, String);
      hash.update(`${version} ${state}\n`);
    }
    return hash.digest('hex');
  }

  async nextVersion(name: string): Promise<string> {
    checkModelName(name, this.directory);
    return versionAfter((await this.scan(name))?.versions ?? []);
  }

  async write(
    name: string,
    version: string,
    text: string,
    { overwrite = false }: WriteOptions = {},
  ): Promise<WriteResult> {
    checkModelName(name, this.directory);
    checkModelVersion(version, join(this.directory, name));
    const location = this.pathOf(name, version);
    const reference = { name, version, location };
    const stored = await readIfPresent(location);
    if (stored === text) return { outcome: 'unchanged', reference };
    if (stored !== undefined && !overwrite) throw alreadyExists(location);
    try {
      await writeFileAtomically(location, text, { exclusive: stored === undefined });
    } catch (cause) {
      const taken = stored === undefined && (await readIfPresent(location)) !== undefined;
      if (taken) throw alreadyExists(location, cause);
      throw unwritable(location, cause);
    }
    return { outcome: 'written', reference };
  }

  /**
   * The version that a path of the user's means: an artifact file, the folder of a version, or the folder of a model,
   * which means its newest version.
   * @throws ModelStoreError where there is none
   */
  static async locate(path: string): Promise<ModelReference> {
    const location = resolve(path);
    const found = await stat(location).catch((cause: unknown) => {
      throw unreadable(location, cause);
    });
    if (!found.isDirectory()) return referenceTo(location);
    const artifact = join(location, ARTIFACT_FILE);
    const holdsArtifact = await stat(artifact).then(
      () => true,
      () => false,
    );
    if (holdsArtifact) return referenceTo(artifact);
    const listing = await scanVersions(location).catch((cause: unknown) => {
      throw unreadable(location, cause);
    });
    return referenceTo(join(location, chooseNewest(listing, location), ARTIFACT_FILE));
  }

  /** `undefined` where the model has no folder. */
  private async scan(name: string): Promise<VersionListing | undefined> {
    const folder = join(this.directory, name);
    return scanVersions(folder).catch((cause: NodeJS.ErrnoException) => {
      if (isAbsent(cause)) return undefined;
      throw unreadable(folder, cause);
    });
  }
}

/** Named after its folders, as the layout has it. */
function referenceTo(location: string): ModelReference {
  const folder = dirname(location);
  return { name: basename(dirname(folder)), version: basename(folder), location };
}

async function readIfPresent(location: string): Promise<string | undefined> {
  return readFile(location, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw unreadable(location, cause);
  });
}

function unwritable(location: string, cause: unknown): ModelStoreError {
  const problem = `cannot be written (${reasonOf(cause)})`;
  return new ModelStoreError('unwritable', location, problem, `${fileRemedy(cause)}.`, { cause });
}
