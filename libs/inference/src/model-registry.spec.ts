import { Logger } from '@nestjs/common';
import { type Artifact, formatArtifact, sealArtifact } from '@inferserve/model';
import { FolderModelStore, MemoryModelStore, type ModelStore } from '@inferserve/model-store';
import { ModelFolder } from '../../../test/support/model-folder';
import { doubleArtifact, numberColumn, signArtifact } from '../../../test/support/served-models';
import type { RequestedModel } from './inference-options';
import { ModelLoader } from './model-loader';
import { ModelRegistry } from './model-registry';

const named = (artifact: Artifact, name: string, version: string): Artifact => {
  const { contentHash: _, format: _f, schemaVersion: _s, ...content } = artifact;
  return sealArtifact({ ...content, name, version });
};
const sign = (name: string, version: string): Artifact =>
  named(signArtifact([numberColumn('x')]), name, version);

function registryOf(
  store: ModelStore,
  first: RequestedModel,
  ...others: readonly RequestedModel[]
) {
  const options = { store, models: [first, ...others] } as const;
  return new ModelRegistry(options, new ModelLoader(options));
}

describe(ModelRegistry.name, () => {
  let store: MemoryModelStore;
  const put = (artifact: Artifact): Promise<unknown> =>
    store.write(artifact.name, artifact.version, formatArtifact(artifact));
  const warnings: string[] = [];
  beforeEach(() => {
    store = new MemoryModelStore();
    warnings.length = 0;
    jest.spyOn(Logger.prototype, 'log').mockImplementation();
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((text: string) => warnings.push(text));
  });
  afterEach(() => jest.restoreAllMocks());

  it('has no model before it has started', () => {
    expect(() => registryOf(store, { name: 'm' }).default).toThrow('No model is loaded yet');
  });

  it('serves the newest version of the model that it is asked for, and several at once', async () => {
    for (const version of ['1', '10', '9', '11-rc.1']) await put(sign('m', version));
    await put(doubleArtifact());
    const registry = registryOf(
      store,
      { name: 'm' },
      { name: 'double' },
      { name: 'm', version: '9' },
    );
    await registry.onModuleInit();
    expect(registry.default.version).toBe('10');
    expect(registry.list().map(({ name, version }) => [name, version])).toEqual([
      ['m', '10'],
      ['m', '9'],
      ['double', '1'],
    ]);
    expect(registry.get('m')?.version).toBe('10');
    expect(registry.get('m', '9')?.version).toBe('9');
    expect(registry.get('double')?.task).toBe('regression');
    expect([registry.get('m', '1'), registry.get('toString')]).toEqual([undefined, undefined]);
  });

  it('swaps: what follows gets the new version, and who holds the old one keeps it', async () => {
    await put(sign('m', '1'));
    const registry = registryOf(store, { name: 'm' });
    await registry.onModuleInit();
    const old = registry.default;
    await put(sign('m', '2'));
    const loaded = await registry.load({ name: 'm' });
    expect(registry.default).toBe(loaded);
    expect(loaded.version).toBe('2');
    expect(old.read({ x: 1 })).toBe(true);
    expect(registry.unload('m', '1')).toBe(true);
    expect(registry.get('m', '1')).toBeUndefined();
  });

  it('keeps what it serves where the new one cannot be trusted', async () => {
    await put(sign('m', '1'));
    const registry = registryOf(store, { name: 'm' });
    await registry.onModuleInit();
    const served = registry.default;
    await store.write('m', '2', formatArtifact(sign('m', '2')).replace('"x"', '"y"'));
    await expect(registry.load({ name: 'm' })).rejects.toMatchObject({
      name: 'ModelLoadError',
      message: expect.stringMatching(/^memory:m\/2: contentHash: /),
      cause: expect.objectContaining({ name: 'ArtifactError' }),
    });
    expect(registry.default).toBe(served);
    expect(registry.list()).toHaveLength(1);
  });

  it('stays with the version that was asked for, and never without its default model', async () => {
    for (const version of ['1', '2']) await put(sign('m', version));
    const registry = registryOf(store, { name: 'm', version: '1' });
    await registry.onModuleInit();
    await registry.load({ name: 'm', version: '2' });
    expect(registry.default.version).toBe('1');
    expect(registry.unload('m', '1')).toBe(true);
    expect(registry.default.version).toBe('2');
    expect(registry.unload('m', '2')).toBe(false);
    expect(registry.unload('other', '1')).toBe(false);
  });

  it('says where it looked and what to do for a model or version that is not there', async () => {
    const missing = registryOf(store, { name: 'm' });
    await expect(missing.onModuleInit()).rejects.toMatchObject({
      name: 'ModelLoadError',
      message: expect.stringContaining('Set MODEL_NAME'),
      cause: expect.objectContaining({ name: 'ModelStoreError' }),
    });
    await put(sign('m', '1'));
    const version = registryOf(store, { name: 'm', version: '9' });
    await expect(version.onModuleInit()).rejects.toThrow(/Versions there: 1\./);
  });

  it('says once which folders it ignored, and serves a renamed model under its folders', async () => {
    const folder = new ModelFolder();
    folder.put(sign('m', '2'));
    folder.put(sign('m', '2.bak'));
    folder.put(sign('m', '1'));
    const registry = registryOf(new FolderModelStore(folder.path), { name: 'm' });
    await registry.onModuleInit();
    expect(registry.default.version).toBe('2');
    expect(warnings).toEqual(['Ignored in the folder of model m: "2.bak" is not a version']);

    await store.write('copy', '7', formatArtifact(sign('m', '2')));
    const renamed = registryOf(store, { name: 'copy' });
    await renamed.onModuleInit();
    expect([renamed.default.name, renamed.default.version]).toEqual(['copy', '7']);
    expect(warnings.at(-1)).toContain('was made as m version 2; served as copy version 7');
    folder.remove();
  });
});
