import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelFolder } from './support/model-folder';
import { multiplier } from './support/served-models';
import { type Api, startApi } from './support/start-api';

const folder = new ModelFolder();
for (const version of [1, 2]) folder.put(multiplier(version));
let api: Api;
afterEach(() => api?.close());
afterAll(() => folder.remove());

const served = async (): Promise<unknown> => {
  const { body, headers } = await api.predict({ x: 10 });
  const { models } = (await api.http().get('/models')).body;
  return [body, headers['x-model-version'], models[0].name];
};

describe('MODEL_PATH', () => {
  test('an artifact file, named as it says', async () => {
    api = await startApi({ MODEL_PATH: join(folder.path, 'times/1/model.json') });
    expect(await served()).toEqual([{ predicted_value: 10 }, '1', 'times']);
  });

  test('a folder with an artifact, named after the service', async () => {
    api = await startApi({ MODEL_PATH: join(folder.path, 'times/2'), MODEL_NAME: 'service' });
    expect(await served()).toEqual([{ predicted_value: 20 }, '2', 'service']);
  });

  test('a folder of versions: the newest, or the one that is asked for', async () => {
    const MODEL_PATH = join(folder.path, 'times');
    api = await startApi({ MODEL_PATH });
    expect(await served()).toEqual([{ predicted_value: 20 }, '2', 'times']);
    await api.close();
    api = await startApi({ MODEL_PATH, MODEL_VERSION: '1' });
    expect(await served()).toEqual([{ predicted_value: 10 }, '1', 'times']);
  });

  test('the file of another library does not start, and the message says how to serve it', async () => {
    const path = join(folder.path, 'model.joblib');
    writeFileSync(path, 'not JSON');
    await expect(startApi({ MODEL_PATH: path })).rejects.toThrow(
      `To serve a model file of another library, start with: inferserve serve ${path}`,
    );
  });
});
