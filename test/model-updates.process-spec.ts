import { once } from 'node:events';
import { writeFileSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatArtifact } from '@inferserve/model';
import { FolderModelStore } from '@inferserve/model-store';
import { ApiProcess } from './support/api-process';
import { freePort } from './support/free-port';
import { ModelFolder } from './support/model-folder';
import { SLOW_READING } from './support/preloads';
import { multiplier, named } from './support/served-models';

jest.setTimeout(120_000);

const SWAPS = 50;
const REQUESTS = 10_000;
const CONNECTIONS = 16;

let folder: ModelFolder;
let store: FolderModelStore;
beforeEach(() => {
  folder = new ModelFolder();
  store = new FolderModelStore(folder.path);
});
afterEach(async () => {
  await ApiProcess.stopAll();
  folder.remove();
});

const put = (version: number): Promise<unknown> =>
  store.write('times', String(version), formatArtifact(multiplier(version)));

async function start(
  variables: Readonly<Record<string, string>> = {},
  ...more: readonly [nodeOptions?: readonly string[], until?: RegExp]
): Promise<ApiProcess> {
  await put(1);
  const settings = {
    ARTIFACTS_DIR: folder.path,
    MODEL_NAME: 'times',
    RATE_LIMIT: '0',
    LOG_LEVEL: 'info',
  };
  return ApiProcess.start({ ...settings, ...variables }, ...more);
}

const admin = async (
  port: number,
  path: string,
  { headers = {}, body = '' } = {},
): Promise<[number, unknown]> => {
  const response = await fetch(`http://127.0.0.1:${port}/v2/repository/${path}`, {
    method: 'POST',
    headers,
    body,
  });
  return [response.status, await response.json()];
};

interface Load {
  readonly failures: readonly string[];
  readonly versions: ReadonlySet<string>;
  readonly p99: number;
  readonly count: number;
}

/** Asks at least as often as that, and until it is over, on some connections; checks that each answer is that of the version it names. */
async function load(api: ApiProcess, requests: number, isOver = () => true): Promise<Load> {
  const failures: string[] = [];
  const versions = new Set<string>();
  const times: number[] = [];
  let sent = 0;
  const ask = async (): Promise<void> => {
    while (sent < requests || !isOver()) {
      const x = (sent += 1);
      const { status, text, headers, ms } = await api.send('POST', '/predict', `{"x":${x}}`, {
        'content-type': 'application/json',
      });
      const version = String(headers['x-model-version']);
      const right = `{"predicted_value":${x * Number(version)}}`;
      if (status !== 200 || text !== right) failures.push(`${status} ${text} by ${version}`);
      versions.add(version);
      times.push(ms);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, ask));
  times.sort((a, b) => a - b);
  return { failures, versions, p99: times[Math.floor(times.length * 0.99)]!, count: times.length };
}

test(`${REQUESTS} requests over ${SWAPS} swaps: none fails, none is answered by a wrong version`, async () => {
  const port = await freePort();
  const api = await start({ ADMIN_PORT: String(port) });
  await load(api, 2_000);
  const quiet = await load(api, REQUESTS / 2);
  expect([quiet.failures, [...quiet.versions]]).toEqual([[], ['1']]);

  let isSwapping = true;
  const swapping = (async () => {
    for (let version = 2; version <= SWAPS + 1; version++) {
      await put(version);
      expect(await admin(port, 'models/times/load')).toEqual([200, {}]);
    }
    isSwapping = false;
  })();
  const busy = await load(api, REQUESTS, () => !isSwapping);
  await swapping;
  expect(busy.failures).toEqual([]);
  expect(busy.count).toBeGreaterThanOrEqual(REQUESTS);
  expect(busy.versions.size).toBeGreaterThan(SWAPS / 2);
  const last = await api.send('POST', '/predict', '{"x":1}', {
    'content-type': 'application/json',
  });
  expect(last.headers['x-model-version']).toBe(String(SWAPS + 1));
  const { text } = await api.get('/metrics');
  expect(text).toContain(`inferserve_model_reloads_total{outcome="loaded"} ${SWAPS}`);
  // Every answer is counted, those of versions that are gone included.
  const counts = [...text.matchAll(/^inferserve_predictions_total\{.*\} (\d+)$/gm)];
  const total = counts.reduce((sum, [, count]) => sum + Number(count), 0);
  expect(total).toBe(2_000 + REQUESTS / 2 + busy.count + 1);
  const ratio = busy.p99 / quiet.p99;
  process.stdout.write(
    `p99 over ${SWAPS} swaps ${busy.p99.toFixed(1)} ms, without ${quiet.p99.toFixed(1)} ms: ${ratio.toFixed(2)} times\n`,
  );
  // Generous: other processes of this machine are in both figures.
  expect(busy.p99).toBeLessThan(6 * quiet.p99 + 20);
});

test('SIGHUP loads what is new; a version that cannot be trusted is rejected, logged and counted', async () => {
  const api = await start();
  await put(2);
  api.signal('SIGHUP');
  await api.printed(/Model times version 2 .* verified/);
  const predict = () =>
    api.send('POST', '/predict', '{"x":1}', { 'content-type': 'application/json' });
  expect((await predict()).text).toBe('{"predicted_value":2}');

  // Says that it answers 6, but answers 8.
  const text = formatArtifact(multiplier(3)).replace(/"coefficients": \[\s*\[\s*3/, '$&.5');
  mkdirSync(join(folder.path, 'times/3'));
  writeFileSync(join(folder.path, 'times/3/model.json'), text);
  api.signal('SIGHUP');
  await api.printed(/Model times cannot be loaded, version 2 goes on serving\. .*3\/model\.json/);
  expect((await predict()).headers['x-model-version']).toBe('2');
  const described = JSON.parse((await api.get('/models/times')).text);
  expect(described).toMatchObject({
    version: '2',
    versions: { loaded: ['2'], available: ['1', '2', '3'] },
    problem: { name: 'times', served_version: '2', reason: expect.any(String) },
  });
  expect((await api.get('/health/ready')).status).toBe(200);
  const metrics = (await api.get('/metrics')).text;
  expect(metrics).toContain('inferserve_model_reloads_total{outcome="rejected"} 1');
  expect(metrics).toContain('inferserve_model_reloads_total{outcome="loaded"} 1');
});

test('SIGHUP while the process starts does not end it: what is new is loaded once it has started', async () => {
  const api = await start({}, SLOW_READING, /a model was read/);
  await put(2);
  api.signal('SIGHUP');
  await api.printed(/Listening on[\s\S]*Model times version 2 .* verified/);
});

test('MODEL_RELOAD_SECONDS notices a new version, and one that is still being copied only when it is whole', async () => {
  const api = await start({ MODEL_RELOAD_SECONDS: '1' });
  const text = formatArtifact(multiplier(2));
  mkdirSync(join(folder.path, 'times/2'));
  const path = join(folder.path, 'times/2/model.json');
  for (let share = 0.2; share < 1; share += 0.1) {
    writeFileSync(path, text.slice(0, text.length * share));
    await sleep(200);
  }
  writeFileSync(path, text);
  await api.printed(/Model times version 2 .* verified/);
  expect(api.log).not.toContain('cannot be loaded');
});

test('ADMIN_PORT: index, load, unload; not for web pages, and not on the public port', async () => {
  const port = await freePort();
  await store.write('other', '1', formatArtifact(named(multiplier(7), 'other', '1')));
  const api = await start({ ADMIN_PORT: String(port) });
  expect(await admin(port, 'index')).toEqual([
    200,
    [
      { name: 'times', version: '1', state: 'READY', reason: '' },
      { name: 'other', state: 'UNAVAILABLE', reason: 'not loaded' },
    ],
  ]);
  expect(await admin(port, 'models/other/load')).toEqual([200, {}]);
  const ask = () =>
    api.send('POST', '/models/other/predict', '{"x":1}', { 'content-type': 'application/json' });
  expect((await ask()).text).toBe('{"predicted_value":7}');
  expect(await admin(port, 'models/other/unload')).toEqual([200, {}]);
  expect((await ask()).status).toBe(404);
  expect(await admin(port, 'models/other/unload')).toEqual([400, { error: 'other is not served' }]);
  expect(await admin(port, 'models/times/unload')).toEqual([
    400,
    { error: 'times is the default model, which cannot be unloaded' },
  ]);
  const [status, body] = await admin(port, 'models/none/load');
  expect([status, body]).toEqual([400, { error: expect.stringContaining('cannot be read') }]);
  expect(JSON.stringify(body)).not.toContain(folder.path);
  expect(await admin(port, 'models/..%2f..%2fetc/load')).toMatchObject([
    400,
    { error: expect.stringContaining('is not a model name') },
  ]);
  expect((await admin(port, 'index', { headers: { origin: 'http://evil.example' } }))[0]).toBe(403);
  expect((await admin(port, 'nothing'))[0]).toBe(404);
  expect((await api.send('POST', '/v2/repository/index')).status).toBe(404);
});

test('ADMIN_PORT: a version is loaded beside the others, stays, and is counted by itself', async () => {
  const port = await freePort();
  await put(2);
  await put(3);
  const api = await start({ ADMIN_PORT: String(port) });
  const loadVersion = (version: unknown) =>
    admin(port, 'models/times/load', { body: JSON.stringify({ parameters: { version } }) });
  const predict = async (path: string) => {
    const { text, headers } = await api.send('POST', path, '{"x":1}', {
      'content-type': 'application/json',
    });
    return [text, headers['x-model-version']];
  };
  const one = '/models/times/versions/1/predict';
  expect((await api.send('POST', one, '{"x":1}')).status).toBe(404);
  expect(await loadVersion('1')).toEqual([200, {}]);
  // That is served already: nothing changes.
  expect(await loadVersion(3)).toEqual([200, {}]);
  expect(await predict(one)).toEqual(['{"predicted_value":1}', '1']);
  expect(await predict('/predict')).toEqual(['{"predicted_value":3}', '3']);
  const { text } = await api.get('/metrics');
  expect(text.match(/^inferserve_predictions_total\{.*$/gm)).toEqual([
    'inferserve_predictions_total{model="times",version="3"} 1',
    'inferserve_predictions_total{model="times",version="1"} 1',
  ]);
  // The newest goes on being followed, and the one that was asked for stays.
  await put(4);
  expect(await admin(port, 'models/times/load')).toEqual([200, {}]);
  expect(await predict('/predict')).toEqual(['{"predicted_value":4}', '4']);
  expect(await predict(one)).toEqual(['{"predicted_value":1}', '1']);
  expect(await loadVersion('9')).toEqual([
    400,
    { error: expect.stringContaining('Versions there: 1, 2, 3, 4') },
  ]);

  const rejected = async (body: string) => {
    const [status, answer] = await admin(port, 'models/times/load', { body });
    return [status, (answer as { error: string }).error];
  };
  const form = 'The body should be a JSON object, with an object "parameters" if anything';
  for (const body of ['[]', 'null', '{"parameters":"1"}', '{"parameters":[]}']) {
    expect([body, ...(await rejected(body))]).toEqual([body, 400, form]);
  }
  expect(await rejected('{"parameters":{"config":"{}"}}')).toEqual([
    400,
    'The parameter "config" is not supported; there is "version"',
  ]);
  expect(await rejected('{"parameters":{"version":true}}')).toEqual([
    400,
    'The parameter "version" should be a string',
  ]);
  expect(await rejected('{')).toEqual([400, 'The body is not valid JSON']);
  expect(await rejected('{"parameters":{},"parameters":{}}')).toEqual([
    400,
    'parameters: The field is given more than once',
  ]);
  expect(await rejected(' '.repeat(65_537))).toEqual([413, 'The body is larger than 65536 bytes.']);
  expect(await admin(port, 'models/times/load', { body: ' '.repeat(65_536) })).toEqual([200, {}]);
});

test('ADMIN_PORT: a body that breaks off is no error of the server', async () => {
  const port = await freePort();
  const api = await start({ ADMIN_PORT: String(port) });
  const head =
    'POST /v2/repository/models/times/load HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{';
  await once(connect(port, '127.0.0.1').end(head).resume(), 'close');
  const socket = connect(port, '127.0.0.1', () => socket.write(head));
  await sleep(300);
  socket.resetAndDestroy();
  await sleep(300);
  expect(await admin(port, 'models/times/load')).toEqual([200, {}]);
  expect(api.log).not.toContain('"level":"error"');
});

test.each([
  ['127.0.0.1', (port: number) => `Port ${port} is in use. Set ADMIN_PORT to another one`],
  ['192.0.2.1', () => '192.0.2.1 is no address of this machine. Set ADMIN_HOST to one that is'],
])(
  'ADMIN_PORT that cannot be opened on %s stops the start, with the remedy',
  async (host, remedy) => {
    const other = await start();
    await expect(start({ ADMIN_PORT: String(other.port), ADMIN_HOST: host })).rejects.toThrow(
      remedy(other.port),
    );
  },
);
