import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { isAbsent, unreadable } from './file-errors';
import { isModelName } from './model-name';
import type { ModelReference, ModelStore, VersionListing, WriteResult } from './model-store';
import { ModelStoreError } from './model-store.error';
import { isSafeFolderName, versionAfter } from './model-version';
import { ARTIFACT_FILE, scanVersions, stateOf } from './scan-versions';
import { checkRequestedVersion, chooseNewest, modelNotFound, versionNotFound } from './store-rules';

/** The version of a single artifact that states none. */
const ONLY_VERSION = '1';

/**
 * One model at a path: an artifact file, a folder with a `model.json`, or a folder with a folder for each version.
 * Which of them it is, is looked at anew each time, because mounted folders are replaced as a whole. Read only.
 */
export class PathModelStore implements ModelStore {
  /** What was read of the single artifact last. */
  private single?: { readonly state: string; readonly version: string };

  private constructor(
    readonly path: string,
    /** The name of the model, whatever its folder is called. */
    readonly name: string,
  ) {}

  /**
   * @param name of the model; without it the one that the artifact states
   * @throws ModelStoreError where there is no artifact at the path
   */
  static async open(path: string, name?: string): Promise<PathModelStore> {
    const location = resolve(path);
    const unnamed = new PathModelStore(location, name ?? basename(location));
    if (name !== undefined) return unnamed;
    const reference = await unnamed.resolve(unnamed.name);
    const stated = stringMember(await unnamed.read(reference), 'name', reference.location);
    return new PathModelStore(location, stated && isModelName(stated) ? stated : unnamed.name);
  }

  async list(): Promise<readonly string[]> {
    return [this.name];
  }

  async versions(name: string): Promise<VersionListing> {
    this.checkName(name);
    const file = await this.singleFile();
    return file === undefined
      ? this.scan()
      : { versions: [await this.singleVersion(file)], ignored: [] };
  }

  async resolve(name: string, version?: string): Promise<ModelReference> {
    this.checkName(name);
    if (version !== undefined) checkRequestedVersion(version, this.path);
    const file = await this.singleFile();
    if (file !== undefined) {
      const only = await this.singleVersion(file);
      if (version === undefined || version === only) return { name, version: only, location: file };
      throw versionNotFound([only], file);
    }
    const listing = await this.scan();
    const wanted = version ?? chooseNewest(listing, this.path);
    const location = join(this.path, wanted, ARTIFACT_FILE);
    await stat(location).catch((cause: NodeJS.ErrnoException) => {
      throw isAbsent(cause)
        ? versionNotFound(listing.versions, location, cause)
        : unreadable(location, cause);
    });
    return { name, version: wanted, location };
  }

  async read({ location }: ModelReference): Promise<string> {
    return readFile(location, 'utf8').catch((cause: unknown) => {
      throw unreadable(location, cause);
    });
  }

  async fingerprint(): Promise<string> {
    const file = await this.singleFile();
    if (file !== undefined) return stateOfFile(file);
    const { versions } = await this.scan().catch(() => ({ versions: [] }));
    const hash = createHash('sha256');
    for (const version of versions) {
      hash.update(`${version} ${await stateOfFile(join(this.path, version, ARTIFACT_FILE))}\n`);
    }
    return hash.digest('hex');
  }

  async nextVersion(name: string): Promise<string> {
    const { versions } = await this.versions(name);
    return versionAfter(versions);
  }

  /** @throws ModelStoreError always: what is mounted is made elsewhere */
  write(): Promise<WriteResult> {
    const remedy = 'Write to a folder of models, ARTIFACTS_DIR.';
    return Promise.reject(
      new ModelStoreError('unwritable', this.path, 'is only read from', remedy),
    );
  }

  /** The artifact where there is only one; `undefined` for a folder of versions. */
  private async singleFile(): Promise<string | undefined> {
    const found = await stat(this.path).catch((cause: unknown) => {
      throw unreadable(this.path, cause, 'Set MODEL_PATH to a file or folder of this machine');
    });
    if (!found.isDirectory()) return this.path;
    const file = join(this.path, ARTIFACT_FILE);
    return stat(file).then(
      () => file,
      () => undefined,
    );
  }

  private async singleVersion(file: string): Promise<string> {
    const state = await stateOfFile(file);
    if (this.single?.state !== state) {
      const text = await this.read({ name: this.name, version: '', location: file });
      const version = stringMember(text, 'version', file);
      this.single = {
        state,
        version: version !== undefined && isSafeFolderName(version) ? version : ONLY_VERSION,
      };
    }
    return this.single.version;
  }

  private scan(): Promise<VersionListing> {
    return scanVersions(this.path).catch((cause: unknown) => {
      throw unreadable(this.path, cause);
    });
  }

  private checkName(name: string): void {
    if (name !== this.name) throw modelNotFound(name, [this.name], this.path);
  }
}

function stateOfFile(file: string): Promise<string> {
  return stat(file, { bigint: true }).then(stateOf, String);
}

/** A member of the JSON object in `text`. @throws ModelStoreError where the text is no JSON, and so no artifact */
function stringMember(text: string, member: string, location: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new ModelStoreError(
      'unreadable',
      location,
      'is not an artifact of InferServe',
      `To serve a model file of another library, start with: inferserve serve ${location}`,
      { cause },
    );
  }
  if (typeof parsed !== 'object' || parsed === null || !Object.hasOwn(parsed, member))
    return undefined;
  const value: unknown = (parsed as Record<string, unknown>)[member];
  return typeof value === 'string' ? value : undefined;
}
