import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PathModelStore } from './path-model-store';

const artifact = (name: string, version: string): string => JSON.stringify({ name, version });

describe(PathModelStore.name, () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'inferserve-path-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const put = (path: string, text: string): string => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
    return join(root, path);
  };

  test.each(['some.json', 'models/model.json'])('an artifact at %s', async (path) => {
    const file = put(path, artifact('churn', '7'));
    const store = await PathModelStore.open(path === 'some.json' ? file : join(root, 'models'));
    expect([store.name, await store.list()]).toEqual(['churn', ['churn']]);
    const reference = await store.resolve('churn');
    expect(reference).toEqual({ name: 'churn', version: '7', location: file });
    expect(await store.read(reference)).toBe(artifact('churn', '7'));
    expect(await store.resolve('churn', '7')).toEqual(reference);
    await expect(store.resolve('churn', '8')).rejects.toMatchObject({ fault: 'version-not-found' });
    await expect(store.resolve('other')).rejects.toMatchObject({ fault: 'model-not-found' });
    const before = await store.fingerprint();
    put(path, artifact('churn', '10'));
    expect(await store.fingerprint()).not.toBe(before);
    expect(await store.versions('churn')).toEqual({ versions: ['10'], ignored: [] });
  });

  test('a folder of versions, under another name than its own', async () => {
    for (const version of ['1', '10', '9', '11-rc.1']) {
      put(`model/${version}/model.json`, artifact('iris', version));
    }
    const store = await PathModelStore.open(join(root, 'model'), 'service');
    expect((await store.versions('service')).versions).toEqual(['1', '9', '10', '11-rc.1']);
    expect((await store.resolve('service')).version).toBe('10');
    expect((await store.resolve('service', '9')).location).toBe(join(root, 'model/9/model.json'));
    await expect(store.resolve('service', '../9')).rejects.toMatchObject({
      fault: 'invalid-version',
    });
    expect((await PathModelStore.open(join(root, 'model'))).name).toBe('iris');
    const before = await store.fingerprint();
    put('model/12/model.json', artifact('iris', '12'));
    expect(await store.fingerprint()).not.toBe(before);
    expect(await store.nextVersion('service')).toBe('13');
  });

  test('a mounted folder that is replaced through a link', async () => {
    put('v1/model.json', artifact('churn', '1'));
    put('v2/model.json', artifact('churn', '2'));
    symlinkSync('v1', join(root, 'data'));
    const store = await PathModelStore.open(join(root, 'data'));
    const before = await store.fingerprint();
    symlinkSync('v2', join(root, 'new'));
    renameSync(join(root, 'new'), join(root, 'data'));
    expect(await store.fingerprint()).not.toBe(before);
    expect((await store.resolve('churn')).version).toBe('2');
  });

  test('says what is there instead of an artifact', async () => {
    const joblib = put('model.joblib', '\u0080\u0004pickle');
    await expect(PathModelStore.open(joblib)).rejects.toThrow(
      `${joblib}: is not an artifact of InferServe. To serve a model file of another library, start with: inferserve serve ${joblib}`,
    );
    await expect(PathModelStore.open(join(root, 'none'))).rejects.toThrow(/Set MODEL_PATH to/);
    mkdirSync(join(root, 'empty'));
    await expect(PathModelStore.open(join(root, 'empty'))).rejects.toMatchObject({
      fault: 'no-version',
    });
    const store = await PathModelStore.open(put('a.json', '[]'), 'a');
    expect((await store.resolve('a')).version).toBe('1');
    await expect(store.write()).rejects.toMatchObject({ fault: 'unwritable' });
  });
});
