import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderModelStore } from './folder-model-store';
import { MemoryModelStore } from './memory-model-store';
import type { ModelStore } from './model-store';

const directory = mkdtempSync(join(tmpdir(), 'model-store-'));
let count = 0;
afterAll(() => rmSync(directory, { recursive: true }));

/** What any store does. */
describe.each<[string, () => ModelStore]>([
  ['FolderModelStore', () => new FolderModelStore(join(directory, String(count++), 'models'))],
  ['MemoryModelStore', () => new MemoryModelStore()],
])('%s', (_, create) => {
  let store: ModelStore;
  beforeEach(() => {
    store = create();
  });

  it('keeps what is written', async () => {
    const { outcome, reference } = await store.write('iris', '1', 'text');
    expect(outcome).toBe('written');
    expect(reference).toMatchObject({ name: 'iris', version: '1' });
    expect(await store.resolve('iris')).toEqual(reference);
    expect(await store.read(reference)).toBe('text');
  });

  it('lists models and versions, oldest first', async () => {
    for (const version of ['10', '9', '1.0.0-rc1', 'v2']) {
      await store.write('iris', version, version);
    }
    await store.write('churn', '1', 'text');
    expect(await store.list()).toEqual(['churn', 'iris']);
    expect(await store.versions('iris')).toEqual({
      versions: ['1.0.0-rc1', 'v2', '9', '10'],
      ignored: [],
    });
  });

  it('resolves the newest release, and any version by its name', async () => {
    await store.write('iris', '1', 'release');
    await store.write('iris', '2.0-rc1', 'candidate');
    expect((await store.resolve('iris')).version).toBe('1');
    expect(await store.read(await store.resolve('iris', '2.0-rc1'))).toBe('candidate');
  });

  it('writes the same text once and another only when told to', async () => {
    await store.write('iris', '1', 'text');
    expect((await store.write('iris', '1', 'text')).outcome).toBe('unchanged');
    await expect(store.write('iris', '1', 'other')).rejects.toMatchObject({
      name: 'ModelStoreError',
      fault: 'already-exists',
      message: expect.stringMatching(/iris\/1.* already exists and is another model\. .*--force/),
    });
    expect(await store.read(await store.resolve('iris'))).toBe('text');
    expect((await store.write('iris', '1', 'other', { overwrite: true })).outcome).toBe('written');
    expect(await store.read(await store.resolve('iris'))).toBe('other');
  });

  it('gives the next version, which is then the newest', async () => {
    expect(await store.nextVersion('iris')).toBe('1');
    await store.write('iris', '2.0', 'first');
    const next = await store.nextVersion('iris');
    await store.write('iris', next, 'second');
    expect((await store.resolve('iris')).version).toBe(next);
    expect(await store.read(await store.resolve('iris'))).toBe('second');
  });

  it('has a fingerprint that follows every change', async () => {
    const seen = [await store.fingerprint('iris')];
    await store.write('iris', '1', 'text');
    seen.push(await store.fingerprint('iris'));
    await store.write('iris', '2', 'text');
    seen.push(await store.fingerprint('iris'));
    await store.write('iris', '1', 'txet', { overwrite: true });
    seen.push(await store.fingerprint('iris'));
    expect(new Set(seen).size).toBe(4);
    await store.write('churn', '1', 'text');
    expect(await store.fingerprint('iris')).toBe(seen.at(-1));
  });

  it('says which model it does not have, and which it may have been', async () => {
    await store.write('iris', '1', 'text');
    await expect(store.resolve('irsi')).rejects.toMatchObject({
      fault: 'model-not-found',
      message: expect.stringMatching(/irsi: cannot be read\. Set MODEL_NAME.*mean "iris"\?$/),
    });
    await expect(store.resolve('price')).rejects.toThrow(/Models there: iris\.$/);
  });

  it('says which versions there are in place of one that is not', async () => {
    await store.write('iris', '1', 'text');
    await store.write('iris', '2.0', 'text');
    await expect(store.resolve('iris', '9')).rejects.toMatchObject({
      fault: 'version-not-found',
      message: expect.stringMatching(
        /iris\/9.*: cannot be read\. Check MODEL_NAME, MODEL_VERSION.*Versions there: 1, 2\.0\.$/,
      ),
    });
  });

  it('serves no pre-release unless asked', async () => {
    await store.write('iris', '1.0.0-rc1', 'text');
    await expect(store.resolve('iris')).rejects.toMatchObject({
      fault: 'no-version',
      message: expect.stringMatching(
        /only pre-releases: 1\.0\.0-rc1\. .*MODEL_VERSION=1\.0\.0-rc1/,
      ),
    });
    expect((await store.resolve('iris', '1.0.0-rc1')).version).toBe('1.0.0-rc1');
  });

  it.each(['../iris', '..', '', '.hidden', 'a/b', 'Iris', 'a\0b', '__proto__'])(
    'takes %j for no name',
    async (name) => {
      const invalid = { fault: 'invalid-name', message: expect.stringContaining('lowercase') };
      await expect(store.resolve(name)).rejects.toMatchObject(invalid);
      await expect(store.versions(name)).rejects.toMatchObject(invalid);
      await expect(store.nextVersion(name)).rejects.toMatchObject(invalid);
      await expect(store.write(name, '1', 'text')).rejects.toMatchObject(invalid);
    },
  );

  it.each(['../1', '..', '', '.1', '1/2', '1\0'])('takes %j for no version', async (version) => {
    await store.write('iris', '1', 'text');
    const invalid = { fault: 'invalid-version', message: expect.stringContaining('whole number') };
    await expect(store.resolve('iris', version)).rejects.toMatchObject(invalid);
    await expect(store.write('iris', version, 'text')).rejects.toMatchObject(invalid);
  });

  it('has models named like members of every object', async () => {
    await expect(store.resolve('constructor')).rejects.toMatchObject({ fault: 'model-not-found' });
    await store.write('constructor', '1', 'text');
    expect(await store.list()).toEqual(['constructor']);
  });
});
