import { type Artifact, formatArtifact } from '@inferserve/model';
import { FolderModelStore, MemoryModelStore } from '@inferserve/model-store';
import { ModelFolder } from '../../../test/support/model-folder';
import { recordedLog } from '../../../test/support/recorded-log';
import { doubleArtifact, sign } from '../../../test/support/served-models';
import { registryOf } from '../../../test/support/serving';
import { ModelRegistry } from './model-registry';

describe(ModelRegistry.name, () => {
  const { warnings } = recordedLog();
  let store: MemoryModelStore;
  beforeEach(() => (store = new MemoryModelStore()));
  const put = (artifact: Artifact): Promise<unknown> =>
    store.write(artifact.name, artifact.version, formatArtifact(artifact));

  it('has no model before it has started', () => {
    expect(() => registryOf(store, { name: 'm' }).default).toThrow(
      'The default model is not loaded',
    );
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
    await registry.start();
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
    await registry.start();
    const old = registry.default;
    expect(old.read({ x: 1 })).toBe(true);
    await put(sign('m', '2'));
    expect(await registry.updater.update()).toEqual([
      { name: 'm', outcome: 'loaded', version: '2' },
    ]);
    expect(registry.default.version).toBe('2');
    expect(registry.get('m', '1')).toBeUndefined();
    expect(old.answer()).toMatchObject({ label: 1 });
    // What was answered by the old one still counts, also what is answered after the swap.
    expect(registry.tallies().map(({ version, total }) => [version, total])).toEqual([
      ['1', 1],
      ['2', 0],
    ]);
    expect(await registry.updater.update()).toMatchObject([{ outcome: 'unchanged' }]);
  });

  it('stays with the version that was asked for', async () => {
    for (const version of ['1', '2']) await put(sign('m', version));
    const registry = registryOf(store, { name: 'm', version: '1' });
    await registry.start();
    expect(await registry.updater.update()).toMatchObject([{ outcome: 'unchanged', version: '1' }]);
    const both = registryOf(store, { name: 'm' }, { name: 'm', version: '1' });
    await both.start();
    await put(sign('m', '3'));
    await both.updater.update();
    expect(both.list().map(({ version }) => version)).toEqual(['1', '3']);
    expect(both.default.version).toBe('3');
  });

  it('counts the answers of a model once, though it was asked for by name and by version', async () => {
    await put(sign('m', '1'));
    const registry = registryOf(store, { name: 'm' }, { name: 'm', version: '1' });
    await registry.start();
    expect(await registry.updater.load('m', '1')).toMatchObject([{ outcome: 'unchanged' }]);
    expect(registry.default.read({ x: 1 })).toBe(true);
    registry.default.answer();
    expect(registry.tallies().map(({ total }) => total)).toEqual([1]);
  });

  it('says where it looked and what to do for a model or version that is not there', async () => {
    const missing = registryOf(store, { name: 'm' });
    await expect(missing.start()).rejects.toMatchObject({
      name: 'ModelLoadError',
      message: expect.stringContaining('Set MODEL_NAME'),
      cause: expect.objectContaining({ name: 'ModelStoreError' }),
    });
    await put(sign('m', '1'));
    const version = registryOf(store, { name: 'm', version: '9' });
    await expect(version.start()).rejects.toThrow(/Versions there: 1\./);
  });

  it('says once which folders it ignored, and serves a renamed model under its folders', async () => {
    const folder = new ModelFolder();
    folder.put(sign('m', '2'));
    folder.put(sign('m', '2.bak'));
    folder.put(sign('m', '1'));
    const registry = registryOf(new FolderModelStore(folder.path), { name: 'm' });
    await registry.start();
    expect(registry.default.version).toBe('2');
    expect(warnings).toEqual(['Ignored in the folder of model m: "2.bak" is not a version']);

    await store.write('copy', '7', formatArtifact(sign('m', '2')));
    const renamed = registryOf(store, { name: 'copy' });
    await renamed.start();
    expect([renamed.default.name, renamed.default.version]).toEqual(['copy', '7']);
    expect(warnings.at(-1)).toContain('was made as m version 2; served as copy version 7');
    folder.remove();
  });
});
