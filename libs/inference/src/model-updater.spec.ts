import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Artifact, formatArtifact } from '@inferserve/model';
import { FolderModelStore, MemoryModelStore } from '@inferserve/model-store';
import { ModelFolder } from '../../../test/support/model-folder';
import { recordedLog } from '../../../test/support/recorded-log';
import { doubleArtifact, named, sign } from '../../../test/support/served-models';
import { registryOf, serving } from '../../../test/support/serving';
import { ModelUpdater } from './model-updater';

describe(ModelUpdater.name, () => {
  const { errors } = recordedLog();
  let store: MemoryModelStore;
  beforeEach(() => (store = new MemoryModelStore()));
  const put = (artifact: Artifact): Promise<unknown> =>
    store.write(artifact.name, artifact.version, formatArtifact(artifact));

  it('replaces a version that was written over, and goes back where the newest was removed', async () => {
    const folder = new ModelFolder();
    for (const version of ['1', '2']) folder.put(sign('m', version));
    const registry = registryOf(new FolderModelStore(folder.path), { name: 'm' });
    await registry.start();
    folder.put(named(doubleArtifact(), 'm', '2'));
    expect(await registry.updater.poll(0)).toMatchObject([{ outcome: 'loaded', version: '2' }]);
    expect(registry.default.task).toBe('regression');
    rmSync(join(folder.path, 'm/2'), { recursive: true });
    expect(await registry.updater.poll(0)).toMatchObject([{ outcome: 'loaded', version: '1' }]);
    expect(registry.list()).toHaveLength(1);
    expect(await registry.updater.poll(0)).toEqual([]);
    folder.remove();
  });

  it('keeps what it serves where the new one cannot be trusted, and says so once', async () => {
    await put(sign('m', '1'));
    const registry = registryOf(store, { name: 'm' });
    await registry.start();
    const served = registry.default;
    await store.write('m', '2', formatArtifact(sign('m', '2')).replace('"x"', '"y"'));
    const rejected = {
      name: 'm',
      outcome: 'rejected',
      version: '1',
      reason: expect.stringMatching(/^contentHash: /),
    };
    expect(await registry.updater.update()).toEqual([rejected]);
    expect(await registry.updater.update()).toEqual([rejected]);
    expect(registry.default).toBe(served);
    expect(registry.list()).toHaveLength(1);
    expect(registry.updater.problems).toEqual([
      { name: 'm', servedVersion: '1', reason: rejected.reason },
    ]);
    expect(errors).toEqual([
      expect.stringMatching(
        /^Model m cannot be loaded, version 1 goes on serving\. memory:m\/2: contentHash: /,
      ),
    ]);
    await put(sign('m', '3'));
    await registry.updater.poll(0);
    expect([registry.default.version, registry.updater.problems]).toEqual(['3', []]);
    expect([...registry.updater.counts]).toEqual([
      ['rejected', 2],
      ['loaded', 1],
    ]);
  });

  it('does not load what is still being written', async () => {
    await put(sign('m', '1'));
    const registry = registryOf(store, { name: 'm' });
    await registry.start();
    const text = formatArtifact(sign('m', '2'));
    await store.write('m', '2', text.slice(0, 100));
    const polled = registry.updater.poll(20);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await store.write('m', '2', text, { overwrite: true });
    expect([await polled, errors]).toEqual([[], []]);
    expect(await registry.updater.poll(0)).toMatchObject([{ outcome: 'loaded', version: '2' }]);
  });

  it('starts where some of several models can be served, and says which cannot', async () => {
    await put(sign('m', '1'));
    const registry = registryOf(store, { name: 'late' }, { name: 'm' });
    await registry.start();
    expect(() => registry.default).toThrow('The default model is not loaded');
    expect(registry.updater.problems).toMatchObject([{ name: 'late' }]);
    expect(errors).toEqual([
      expect.stringMatching(/^Model late cannot be loaded, it is not served/),
    ]);
    await put(sign('late', '1'));
    await registry.updater.poll(0);
    expect([registry.default.name, registry.updater.problems]).toEqual(['late', []]);
  });

  it('serves all of a store, what is added to it, and none where that is allowed', async () => {
    await expect(serving({ store, models: '*' }).start()).rejects.toThrow(/the store is empty/);
    const registry = serving({ store, models: '*', startsEmpty: true });
    await registry.start();
    expect([registry.hasDefault, registry.list()]).toEqual([false, []]);
    await put(sign('m', '1'));
    await registry.updater.poll(0);
    await put(sign('a', '1'));
    await registry.updater.poll(0);
    expect(registry.list().map(({ name }) => name)).toEqual(['m', 'a']);
    expect(registry.default.name).toBe('m');
    const other = serving({ store, models: '*', defaultModel: 'm' });
    await other.start();
    expect(other.default.name).toBe('m');
  });

  it('loads and unloads by name, but never the default model', async () => {
    for (const name of ['m', 'n']) await put(sign(name, '1'));
    const registry = registryOf(store, { name: 'm' });
    await registry.start();
    expect(await registry.updater.load('n')).toMatchObject([{ outcome: 'loaded' }]);
    expect(await registry.updater.load('none')).toMatchObject([{ outcome: 'rejected' }]);
    expect(registry.updater.problems).toEqual([]);
    await put(sign('n', '2'));
    await registry.updater.poll(0);
    expect(registry.get('n')?.version).toBe('2');
    expect(await registry.updater.unload('n')).toBe(true);
    expect([await registry.updater.unload('n'), await registry.updater.unload('m')]).toEqual([
      false,
      false,
    ]);
    expect(registry.list()).toHaveLength(1);
  });
});
