import { setTimeout as sleep } from 'node:timers/promises';
import { formatArtifact } from '@inferserve/model';
import { FolderModelStore } from '@inferserve/model-store';
import { ApiProcess } from './support/api-process';
import { freePort } from './support/free-port';
import { ModelFolder } from './support/model-folder';
import { describeWithRedis, RedisServer } from './support/redis-server';
import { multiplier } from './support/served-models';

interface Workers {
  readonly workers: { readonly count: number; readonly differ: boolean };
  readonly models: readonly { readonly version: string }[];
}

describeWithRedis('several workers', () => {
  let redis: RedisServer;
  let folder: ModelFolder;
  beforeAll(async () => {
    redis = await RedisServer.start();
    folder = new ModelFolder();
  });
  afterAll(async () => {
    await ApiProcess.stopAll();
    await redis.stop();
    folder.remove();
  });

  test('every worker follows a load by one of them, and SIGHUP of the primary', async () => {
    const store = new FolderModelStore(folder.path);
    const put = (version: number) =>
      store.write('times', String(version), formatArtifact(multiplier(version)));
    await put(1);
    const port = await freePort();
    const api = await ApiProcess.start({
      ...redis.env,
      WEB_CONCURRENCY: '2',
      ADMIN_PORT: String(port),
      ARTIFACTS_DIR: folder.path,
      MODEL_NAME: 'times',
      RATE_LIMIT: '0',
    });
    const models = async () => JSON.parse((await api.get('/models')).text) as Workers;
    for (let tries = 0; tries < 100 && (await models()).workers.count < 2; tries++)
      await sleep(100);
    await put(2);
    const loaded = await fetch(`http://127.0.0.1:${port}/v2/repository/models/times/load`, {
      method: 'POST',
    });
    expect(loaded.status).toBe(200);
    await expectAll(api, 2);
    expect((await models()).workers).toEqual({ count: 2, differ: false });
    await put(3);
    api.signal('SIGHUP');
    for (let tries = 0; tries < 100 && verified(api, 3) < 2; tries++) await sleep(50);
    await expectAll(api, 3);
  }, 60_000);
});

const verified = (api: ApiProcess, version: number): number =>
  api.log.split(`Model times version ${version} `).length - 1;

/** Connections are dealt out in turn, so that many requests at once reach every worker. */
async function expectAll(api: ApiProcess, version: number): Promise<void> {
  const answers = await Promise.all(
    Array.from({ length: 60 }, () =>
      api.send('POST', '/predict', '{"x":1}', { 'content-type': 'application/json' }),
    ),
  );
  expect(new Set(answers.map(({ text }) => text))).toEqual(
    new Set([`{"predicted_value":${version}}`]),
  );
}
