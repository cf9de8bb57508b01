import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './support/free-port';
import { describeWithRedis, RedisServer } from './support/redis-server';

const MODEL = 'test/reference/models/iris-dataframe.sk191.joblib';
const folder = mkdtempSync(join(tmpdir(), 'package-'));
const installed = join(folder, 'installed');

function run(cwd: string, ...command: readonly string[]) {
  const [program, ...args] = command;
  const done = spawnSync(program!, args, {
    cwd,
    encoding: 'utf8',
    // oxlint-disable-next-line node/no-process-env -- npm needs its own variables
    env: { ...process.env, npm_command: '' },
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

const inferserve = (...args: readonly string[]) => run(installed, 'npx', 'inferserve', ...args);

beforeAll(() => {
  if (!existsSync('dist/inferserve.js')) throw new Error('dist is missing: run "npm run build"');
  mkdirSync(installed);
  // Without scripts: dist is there, and other tests run from it.
  const pack = run('.', 'npm', 'pack', '--ignore-scripts', '--pack-destination', folder);
  expect(pack).toMatchObject({ status: 0 });
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const options = ['--no-audit', '--no-fund', '--ignore-scripts'];
  const install = run(installed, 'npm', 'install', ...options, join('..', tarball!));
  expect(install).toMatchObject({ status: 0 });
  copyFileSync(MODEL, join(installed, 'flowers.joblib'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('the package holds the built program, its default model, and nothing else', () => {
  const root = join(installed, 'node_modules/inferserve-stack');
  const names = (path: string) => readdirSync(join(root, path)).sort();
  const own = names('').filter((name) => name !== 'node_modules');
  expect(own).toEqual(['LICENSE', 'README.md', 'apps', 'artifacts', 'dist', 'package.json']);
  expect(names('dist')).toEqual([
    'assets',
    'inferserve.code.js',
    'inferserve.code.js.map',
    'inferserve.js',
    'server.code.js',
    'server.code.js.map',
    'server.js',
  ]);
  expect(names('apps')).toEqual(['cli']);
  expect(names('apps/cli')).toEqual(['bin']);
  expect(names('artifacts')).toEqual(['iris']);
  // The bundles carry what they need.
  const packages = readdirSync(join(installed, 'node_modules')).filter(
    (name) => !name.startsWith('.'),
  );
  expect(packages).toEqual(['inferserve-stack']);
});

test('inspect, import, verify and predict work without development dependencies', () => {
  expect(inferserve('inspect', 'flowers.joblib')).toMatchObject({ status: 0, err: '' });
  const imported = inferserve('import', 'flowers.joblib', '--name', 'flowers');
  expect(imported).toMatchObject({ status: 0, err: '' });
  expect(inferserve('verify', 'flowers')).toMatchObject({ status: 0, err: '' });
  const { columns, verification } = JSON.parse(
    readFileSync(join(installed, 'artifacts/flowers/1/model.json'), 'utf8'),
  ) as {
    columns: { name: string }[];
    verification: { cases: { input: unknown[]; label: string }[] };
  };
  const [stated] = verification.cases;
  const row = Object.fromEntries(columns.map(({ name }, j) => [name, stated!.input[j]]));
  const scored = spawnSync('npx', ['inferserve', 'predict', 'flowers', '-', '--format', 'ndjson'], {
    cwd: installed,
    encoding: 'utf8',
    input: JSON.stringify(row),
  });
  expect(JSON.parse(scored.stdout)).toEqual({ predicted_class: stated!.label });
}, 120_000);

test('train says which package it lacks', () => {
  const { status, err } = inferserve('train');
  expect(status).toBe(1);
  expect(err).toMatch(
    /^inferserve: "train" needs the package \S+, which is installed for development only/,
  );
}, 60_000);

test.each([
  ['a file', ['flowers.joblib'], 'flowers.joblib'],
  ['without a file the model that it brings along', [], undefined],
])(
  'serve: %s',
  async (_, args, source) => {
    const port = await freePort();
    const empty = mkdtempSync(join(installed, 'empty-'));
    const server = spawn('npx', ['inferserve', 'serve', ...args, '--port', String(port)], {
      cwd: source === undefined ? empty : installed,
      // oxlint-disable-next-line node/no-process-env -- npm needs its own variables
      env: { ...process.env, npm_command: '', SHUTDOWN_DELAY_SECONDS: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [server.stdout, server.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    for (let waited = 0; waited < 30_000 && !/Listening on/.test(output); waited += 50)
      await sleep(50);
    const url = `http://127.0.0.1:${port}`;
    const document = (await (await fetch(`${url}/docs-json`)).json()) as {
      paths: Record<
        string,
        { post: { requestBody: { content: Record<string, { schema: unknown }> } } }
      >;
    };
    expect(document.paths['/predict']).toBeDefined();
    expect((await fetch(`${url}/docs/swagger-ui-bundle.js`)).status).toBe(200);
    const setosa = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
    const names = [
      'sepal length (cm)',
      'sepal width (cm)',
      'petal length (cm)',
      'petal width (cm)',
    ];
    const row =
      source === undefined
        ? setosa
        : Object.fromEntries(names.map((name, j) => [name, Object.values(setosa)[j]]));
    const answer = await fetch(`${url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(row),
    });
    expect(await answer.json()).toEqual({ predicted_class: 'setosa' });
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
    for (let waited = 0; waited < 10_000 && !output.includes('"Stopped"'); waited += 50)
      await sleep(50);
    expect(output).toContain('"msg":"Stopped"');
  },
  120_000,
);

describeWithRedis('with Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await RedisServer.start();
  });
  afterAll(() => redis.stop());

  test('two workers of the installed server share one limit', async () => {
    const port = await freePort();
    const main = join(installed, 'node_modules/inferserve-stack/dist/server.js');
    const server = spawn(process.execPath, [main], {
      cwd: join(installed, 'node_modules/inferserve-stack'),
      env: {
        PORT: String(port),
        REDIS_URL: `redis://127.0.0.1:${redis.port}/0`,
        WEB_CONCURRENCY: '2',
        RATE_LIMIT: '5',
        SHUTDOWN_DELAY_SECONDS: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    server.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    for (let waited = 0; waited < 30_000 && output.split('Listening on').length < 3; waited += 50)
      await sleep(50);
    const statuses: number[] = [];
    for (let request = 1; request <= 8; request++) {
      const answer = await fetch(`http://127.0.0.1:${port}/predict`, {
        method: 'POST',
        // Another connection for each, so that both workers get some.
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: '{"sepal_length": 5.1, "sepal_width": 3.5, "petal_length": 1.4, "petal_width": 0.2}',
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect(output).toContain('"store":"redis"');
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  }, 60_000);
});
