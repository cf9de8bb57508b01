import { createHash } from 'node:crypto';
import { compareVersions, versionAfter } from './model-version';
import type {
  ModelReference,
  ModelStore,
  VersionListing,
  WriteOptions,
  WriteResult,
} from './model-store';
import {
  alreadyExists,
  checkModelName,
  checkModelVersion,
  checkRequestedVersion,
  chooseNewest,
  modelNotFound,
  versionNotFound,
} from './store-rules';

/** Artifacts in memory, under the same rules as in folders: for a model that is never stored, and for tests. */
export class MemoryModelStore implements ModelStore {
  private readonly models = new Map<string, Map<string, string>>();

  async list(): Promise<readonly string[]> {
    return [...this.models.keys()].sort();
  }

  async versions(name: string): Promise<VersionListing> {
    return { versions: [...this.textsOf(name).keys()].sort(compareVersions), ignored: [] };
  }

  async resolve(name: string, version?: string): Promise<ModelReference> {
    const listing = await this.versions(name);
    if (version === undefined) return reference(name, chooseNewest(listing, `memory:${name}`));
    checkRequestedVersion(version, `memory:${name}`);
    const found = reference(name, version);
    if (this.textsOf(name).has(version)) return found;
    throw versionNotFound(listing.versions, found.location);
  }

  async read({ name, version, location }: ModelReference): Promise<string> {
    const texts = this.textsOf(name);
    const text = texts.get(version);
    if (text === undefined) throw versionNotFound([...texts.keys()], location);
    return text;
  }

  async fingerprint(name: string): Promise<string> {
    const texts = [...(this.models.get(name) ?? [])].sort(([a], [b]) => compareVersions(a, b));
    return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
  }

  async nextVersion(name: string): Promise<string> {
    checkModelName(name, 'memory:');
    return versionAfter([...(this.models.get(name)?.keys() ?? [])]);
  }

  async write(
    name: string,
    version: string,
    text: string,
    { overwrite = false }: WriteOptions = {},
  ): Promise<WriteResult> {
    checkModelName(name, 'memory:');
    checkModelVersion(version, `memory:${name}`);
    const texts = this.models.get(name) ?? new Map<string, string>();
    const stored = texts.get(version);
    const written = reference(name, version);
    if (stored === text) return { outcome: 'unchanged', reference: written };
    if (stored !== undefined && !overwrite) throw alreadyExists(written.location);
    this.models.set(name, texts.set(version, text));
    return { outcome: 'written', reference: written };
  }

  private textsOf(name: string): ReadonlyMap<string, string> {
    checkModelName(name, 'memory:');
    const texts = this.models.get(name);
    if (!texts) throw modelNotFound(name, [...this.models.keys()], `memory:${name}`);
    return texts;
  }
}

function reference(name: string, version: string): ModelReference {
  return { name, version, location: `memory:${name}/${version}` };
}
