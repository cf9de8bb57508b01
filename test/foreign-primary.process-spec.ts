import { formatArtifact } from '@inferserve/model';
import { FolderModelStore } from '@inferserve/model-store';
import { ApiProcess } from './support/api-process';
import { childrenOf } from './support/children-of';
import { freePort } from './support/free-port';
import { ModelFolder } from './support/model-folder';
import { FOREIGN_PRIMARY } from './support/preloads';
import { multiplier } from './support/served-models';

describe.each<[string, Readonly<Record<string, string>>]>([
  ['alone', {}],
  // No Redis is there; what counts is that a number of workers is set.
  ['with WEB_CONCURRENCY=2', { WEB_CONCURRENCY: '2', REDIS_URL: 'redis://127.0.0.1:1' }],
])('the worker of a primary of another program, %s', (_, variables) => {
  let folder: ModelFolder;
  let store: FolderModelStore;
  let api: ApiProcess;
  let admin: string;
  const put = (version: number): Promise<unknown> =>
    store.write('times', String(version), formatArtifact(multiplier(version)));

  beforeAll(async () => {
    folder = new ModelFolder();
    store = new FolderModelStore(folder.path);
    await put(1);
    const port = await freePort();
    admin = `http://127.0.0.1:${port}/v2/repository/models`;
    api = await ApiProcess.start(
      {
        ARTIFACTS_DIR: folder.path,
        MODEL_NAME: 'times',
        ADMIN_PORT: String(port),
        REDIS_PORT: 'tcp://10.96.12.34:6379',
        ...variables,
      },
      FOREIGN_PRIMARY,
    );
  });
  afterAll(async () => {
    await ApiProcess.stopAll();
    folder.remove();
  });

  test('answers for itself: /metrics, /models, a load', async () => {
    expect((await api.get('/metrics')).text).toContain('inferserve_model_info');
    expect(JSON.parse((await api.get('/models')).text)).not.toHaveProperty('workers');
    expect(await (await fetch(`${admin}/times/load`, { method: 'POST' })).json()).toEqual({});
  });

  test('says what is to be said at the start', () => {
    expect(api.log).toMatch(/"level":"warn".*enableServiceLinks: false/);
  });

  test('takes signals itself: SIGHUP, and SIGINT, by which PM2 stops it', async () => {
    const [worker] = childrenOf(api.pid);
    await put(2);
    process.kill(worker!, 'SIGHUP');
    await api.printed(/Model times version 2 .* verified/);
    process.kill(worker!, 'SIGINT');
    expect(await api.exited()).toBe(0);
  });
});
