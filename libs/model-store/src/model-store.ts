/** One stored version of one model. */
export interface ModelReference {
  readonly name: string;
  readonly version: string;
  /** Where it is, for messages: an absolute path, or `memory:<name>/<version>`. */
  readonly location: string;
}

/** A folder that is not offered as a version, and why, such as `holds no model.json`. */
export interface IgnoredFolder {
  readonly folder: string;
  readonly reason: string;
}

/** The versions of a model, oldest first, pre-releases included. */
export interface VersionListing {
  readonly versions: readonly string[];
  readonly ignored: readonly IgnoredFolder[];
}

export interface WriteOptions {
  /** Replace a different artifact of the same name and version; `false` by default. */
  readonly overwrite?: boolean;
}

/** `unchanged` where the same text was stored already and nothing was written. */
export interface WriteResult {
  readonly outcome: 'written' | 'unchanged';
  readonly reference: ModelReference;
}

/** Where artifacts are kept. Knows names, versions and text; what the text means is for others to say. */
export interface ModelStore {
  /** Names of the models that have at least one version, sorted. */
  list(): Promise<readonly string[]>;

  /** @throws ModelStoreError where there is no such model */
  versions(name: string): Promise<VersionListing>;

  /**
   * The version asked for, whatever its name; without one the newest that is not a pre-release.
   * @throws ModelStoreError that says what is there instead
   */
  resolve(name: string, version?: string): Promise<ModelReference>;

  /** The artifact's text. @throws ModelStoreError where it cannot be read */
  read(reference: ModelReference): Promise<string>;

  /** A text that differs once a version was added, removed or replaced; the same for a model that is missing. */
  fingerprint(name: string): Promise<string>;

  /** The version that makes an artifact the newest of its model; `1` for the first. */
  nextVersion(name: string): Promise<string>;

  /**
   * Stores an artifact whole or not at all.
   * @throws ModelStoreError where another artifact is stored there, or where it cannot be written
   */
  write(name: string, version: string, text: string, options?: WriteOptions): Promise<WriteResult>;
}
