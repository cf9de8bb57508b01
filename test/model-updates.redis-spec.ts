import { setTimeout as sleep } from 'node:timers/promises';
import { formatArtifact } from '@inferserve/model';
import { FolderModelStore } from '@inferserve/model-store';
import { ApiProcess } from './support/api-process';
import { childrenOf } from './support/children-of';
import { freePort } from './support/free-port';
import { ModelFolder } from './support/model-folder';
import { describeWithRedis, RedisServer } from './support/redis-server';
import { multiplier, named } from './support/served-models';

interface Served {
  readonly workers: { readonly count: number; readonly differ: boolean };
  readonly models: readonly { readonly name: string; readonly version: string }[];
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

  /** Two workers that serve models of the folder, and the port on which they are told what to load. */
  async function startTwo(
    models: Readonly<Record<string, string>>,
  ): Promise<{ readonly api: ApiProcess; readonly port: number }> {
    const port = await freePort();
    const api = await ApiProcess.start({
      ...redis.env,
      WEB_CONCURRENCY: '2',
      ADMIN_PORT: String(port),
      ARTIFACTS_DIR: folder.path,
      RATE_LIMIT: '0',
      ...models,
    });
    await api.printed(/Listening[\s\S]*Listening/);
    return { api, port };
  }

  test('every worker follows a load by one of them, and SIGHUP of the primary', async () => {
    const store = new FolderModelStore(folder.path);
    const put = (version: number) =>
      store.write('times', String(version), formatArtifact(multiplier(version)));
    await put(1);
    const { api, port } = await startTwo({ MODEL_NAME: 'times' });
    const models = async () => JSON.parse((await api.get('/models')).text) as Served;
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

  test('a worker that replaces another serves what was loaded by hand, and not what was unloaded', async () => {
    const store = new FolderModelStore(folder.path);
    for (const name of ['times', 'by-hand', 'unloaded']) {
      for (const version of ['7', '8']) {
        const artifact = named(multiplier(Number(version)), name, version);
        await store.write(name, version, formatArtifact(artifact));
      }
    }
    const { api, port } = await startTwo({ MODELS: 'times,unloaded' });
    const ask = async (path: string, body?: string): Promise<void> => {
      const url = `http://127.0.0.1:${port}/v2/repository/models/${path}`;
      const answer = await fetch(url, { method: 'POST', ...(body !== undefined && { body }) });
      expect([answer.status, await answer.json()]).toEqual([200, {}]);
    };
    await ask('by-hand/load');
    await ask('by-hand/load', '{"parameters":{"version":"7"}}');
    await ask('unloaded/unload');
    const served = async () => {
      const { workers, models } = JSON.parse((await api.get('/models')).text) as Served;
      return { workers, models: models.map(({ name, version }) => `${name}@${version}`) };
    };
    const expected = {
      workers: { count: 2, differ: false },
      models: ['times@8', 'by-hand@8', 'by-hand@7'],
    };
    expect(await served()).toEqual(expected);
    // One after the other, so that in the end nobody is left who was told.
    const first = childrenOf(api.pid);
    for (const [i, pid] of first.entries()) {
      process.kill(pid, 'SIGKILL');
      await api.printed(new RegExp(`(Listening[\\s\\S]*){${3 + i}}`));
    }
    expect(childrenOf(api.pid).filter((pid) => first.includes(pid))).toEqual([]);
    expect(await served()).toEqual(expected);
    await expectAll(api, 7, '/models/by-hand/versions/7/predict');
  }, 60_000);
});

const verified = (api: ApiProcess, version: number): number =>
  api.log.split(`Model times version ${version} `).length - 1;

/** Connections are dealt out in turn, so that many requests at once reach every worker. */
async function expectAll(api: ApiProcess, version: number, path = '/predict'): Promise<void> {
  const answers = await Promise.all(
    Array.from({ length: 60 }, () =>
      api.send('POST', path, '{"x":1}', { 'content-type': 'application/json' }),
    ),
  );
  expect(new Set(answers.map(({ text }) => text))).toEqual(
    new Set([`{"predicted_value":${version}}`]),
  );
}
