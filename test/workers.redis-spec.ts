import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatArtifact } from '@inferserve/model';
import { FolderModelStore } from '@inferserve/model-store';
import { ApiProcess } from './support/api-process';
import { childrenOf } from './support/children-of';
import { freePort } from './support/free-port';
import { ModelFolder } from './support/model-folder';
import { SLOW_READING, SLOW_START } from './support/preloads';
import { describeWithRedis, RedisServer } from './support/redis-server';
import { multiplier, named } from './support/served-models';

jest.setTimeout(60_000);

/** Far below the 30 s for which the primary waits for a worker that does not answer. */
const SOON_MS = 2_000;

describeWithRedis('the workers of one primary', () => {
  let redis: RedisServer;
  let folder: ModelFolder;
  let store: FolderModelStore;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());
  beforeEach(async () => {
    folder = new ModelFolder();
    store = new FolderModelStore(folder.path);
    await put('times', 1);
  });
  afterEach(async () => {
    await ApiProcess.stopAll();
    folder.remove();
  });

  const put = (name: string, version: number): Promise<unknown> =>
    store.write(
      name,
      String(version),
      formatArtifact(named(multiplier(version), name, String(version))),
    );

  async function start(
    nodeOptions: readonly string[] = [],
    variables: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly api: ApiProcess; readonly admin: string }> {
    const port = await freePort();
    const api = await ApiProcess.start(
      {
        ...redis.env,
        WEB_CONCURRENCY: '2',
        ADMIN_PORT: String(port),
        ARTIFACTS_DIR: folder.path,
        MODEL_NAME: 'times',
        RATE_LIMIT: '0',
        SHUTDOWN_DELAY_SECONDS: '0',
        ...variables,
      },
      nodeOptions,
    );
    return { api, admin: `http://127.0.0.1:${port}/v2/repository` };
  }

  const listening = (api: ApiProcess, count: number): Promise<void> =>
    api.printed(new RegExp(`(Listening on[\\s\\S]*){${count}}`));

  /** Everything that answers for a model, of many connections at once. */
  async function answers(api: ApiProcess, name: string): Promise<ReadonlySet<string>> {
    const asked = Array.from({ length: 60 }, () =>
      api.send('POST', `/models/${name}/predict`, '{"x":1}', {
        'content-type': 'application/json',
      }),
    );
    return new Set((await Promise.all(asked)).map(({ text }) => text));
  }

  async function timed<T>(work: Promise<T>): Promise<readonly [T, number]> {
    const started = performance.now();
    return [await work, performance.now() - started];
  }

  test('nobody waits for a worker that is still starting, and it misses no load', async () => {
    const { api, admin } = await start(SLOW_START);
    await put('by-hand', 2);
    const [loaded, ms] = await timed(fetch(`${admin}/models/by-hand/load`, { method: 'POST' }));
    expect([loaded.status, ms < SOON_MS]).toEqual([200, true]);
    expect(api.log.match(/Listening on/g)).toHaveLength(1);
    await listening(api, 2);
    expect(await answers(api, 'by-hand')).toEqual(new Set(['{"predicted_value":2}']));
  });

  test('a worker that read the store before SIGHUP and opens its port after it serves what is new', async () => {
    const { api } = await start(SLOW_READING);
    await listening(api, 2);
    const [victim] = childrenOf(api.pid);
    process.kill(victim!, 'SIGKILL');
    await api.printed(/a model was read/);
    await put('times', 2);
    api.signal('SIGHUP');
    await listening(api, 3);
    await api.printed(/(Model times version 2 [\s\S]*){2}/);
    expect(await answers(api, 'times')).toEqual(new Set(['{"predicted_value":2}']));
  });

  test('nobody waits for a worker that dies before it has carried out a load', async () => {
    const { api, admin } = await start();
    await listening(api, 2);
    await put('by-hand', 2);
    const ask = keptConnection(admin);
    const stopped = await stopAnother(api, () => ask('/index'));
    const asked = timed(ask('/models/by-hand/load'));
    await sleep(500);
    process.kill(stopped, 'SIGKILL');
    const [status, ms] = await asked;
    expect([status, ms < 500 + SOON_MS]).toEqual([200, true]);
    await listening(api, 3);
    expect(await answers(api, 'by-hand')).toEqual(new Set(['{"predicted_value":2}']));
  });

  test('/metrics of all answers while one of them starts, and without one that hangs', async () => {
    const { api } = await start(SLOW_START);
    const [starting, ms] = await timed(api.get('/metrics'));
    expect([starting.status, ms < SOON_MS]).toEqual([200, true]);
    await listening(api, 2);
    await answers(api, 'times');
    const counted = (text: string): number =>
      [...text.matchAll(/^inferserve_predicted_value_count\{.*\} (\d+)$/gm)].reduce(
        (sum, [, count]) => sum + Number(count),
        0,
      );
    expect(counted((await api.get('/metrics')).text)).toBe(60);
    const ask = keptConnection(`http://127.0.0.1:${api.port}`);
    const stopped = await stopAnother(api, () => ask('/health/live'));
    const [status, waited] = await timed(ask('/metrics'));
    process.kill(stopped, 'SIGCONT');
    expect([status, waited < 5_000]).toEqual([200, true]);
  });

  test('SIGTERM while workers are starting ends them all', async () => {
    const { api } = await start(SLOW_START);
    api.signal('SIGTERM');
    expect(await api.exited()).toBe(0);
  });

  test('SIGTERM while a dead worker waits to be replaced ends all, and starts none', async () => {
    const { api } = await start();
    await listening(api, 2);
    for (const pid of childrenOf(api.pid)) process.kill(pid, 'SIGKILL');
    await api.printed(/(starting another[\s\S]*){2}/);
    api.signal('SIGTERM');
    expect(await api.exited()).toBe(0);
  });

  test.each(['SIGHUP', 'SIGTERM'] as const)(
    'a worker that is dead already when %s is passed on does not end the others',
    async (signal) => {
      const { api } = await start();
      await listening(api, 2);
      const [victim] = childrenOf(api.pid);
      api.signal('SIGSTOP');
      process.kill(victim!, 'SIGKILL');
      await sleep(100);
      api.signal(signal);
      api.signal('SIGCONT');
      if (signal === 'SIGHUP') await listening(api, 3);
      else expect(await api.exited()).toBe(0);
      expect(api.log).not.toContain('Unexpected error');
    },
  );
});

/** Suspends a worker other than the one that answers here; resolves to its process id. */
async function stopAnother(api: ApiProcess, ask: () => Promise<unknown>): Promise<number> {
  await ask();
  for (const pid of childrenOf(api.pid)) {
    process.kill(pid, 'SIGSTOP');
    if ((await Promise.race([ask(), sleep(1_000)])) !== undefined) return pid;
    process.kill(pid, 'SIGCONT');
  }
  throw new Error('no worker answers while the other is suspended');
}

/** Asks over one connection, which one worker has; resolves to the status. */
function keptConnection(base: string): (path: string) => Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return (path) =>
    new Promise((resolve, reject) => {
      const method = base.includes('repository') ? 'POST' : 'GET';
      request(`${base}${path}`, { agent, method }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode!));
      })
        .on('error', reject)
        .end();
    });
}
