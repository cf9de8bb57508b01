import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './support/free-port';
import { scripts } from '../package.json';

const BIN = 'apps/cli/bin/inferserve.js';
const MODEL = 'test/reference/models/iris-dataframe.sk191.joblib';

let running: ChildProcess | undefined;
let log = '';
let said = '';

beforeAll(() => {
  if (!existsSync('dist/inferserve.js')) throw new Error('dist is missing: run "npm run build"');
});
afterEach(() => void running?.kill('SIGKILL'));

async function serve(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<ChildProcess> {
  [log, said] = ['', ''];
  running = spawn(process.execPath, [BIN, 'serve', ...args], {
    // oxlint-disable-next-line node/no-process-env -- PATH alone of this machine's variables
    env: { PATH: process.env['PATH'], SHUTDOWN_DELAY_SECONDS: '1', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.stdout!.setEncoding('utf8').on('data', (text: string) => (log += text));
  running.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text));
  for (let waited = 0; waited < 20_000 && running.exitCode === null; waited += 50) {
    if (said.includes('Ctrl+C')) break;
    await sleep(50);
  }
  return running;
}

test('serves a model file: the printed command works, settings and options count, a signal drains', async () => {
  const port = await freePort();
  const args = [MODEL, '--name', 'flowers', '--port', String(port), '--limit', '3/minute'];
  const server = await serve(args, { HOST: '127.0.0.1', MODEL_NAME: 'iris', RATE_LIMIT: '7' });
  expect(said).toContain('model     flowers 1, classification');
  const [command] = /curl [^]+?'\n/.exec(said) ?? [];
  const run = spawnSync('bash', ['-c', command!.replace('curl', 'curl -sS')], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  // The example lies at the means of the training rows, where versicolor is.
  expect(JSON.parse(run.stdout)).toEqual({ predicted_class: 'versicolor' });
  const url = `http://127.0.0.1:${port}`;
  const post = () =>
    fetch(`${url}/predict`, { method: 'POST', body: '{}' }).then(({ status }) => status);
  expect(await Promise.all([post(), post(), post()])).toContain(429);
  expect(
    (await fetch(`${url}/docs-json`).then((answer) => answer.text())).includes('petal width (cm)'),
  ).toBe(true);
  const ended = once(server, 'close');
  server.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(log).toContain('SIGTERM: no longer ready, stopping');
  // Pure JSON lines, for whoever collects logs.
  for (const line of log.trim().split('\n'))
    expect(() => JSON.parse(line) as unknown).not.toThrow();
}, 60_000);

test('ends with 1 and says what to do where a file cannot be served, or a setting is bad', async () => {
  const refused = await serve(['test/reference/refuse/os-system.pkl']);
  expect(refused.exitCode).toBe(1);
  expect(said).toMatch(/^inferserve: os-system\.pkl .*names "posix\.system"/);
  const bad = await serve([MODEL], { MAX_BATCH_ROWS: 'many' });
  if (bad.exitCode === null) await once(bad, 'exit');
  expect(bad.exitCode).toBe(1);
  expect(said).toContain('cannot start the server.');
  expect(said).toContain('MAX_BATCH_ROWS="many" must be a whole number');
}, 60_000);

// Before Node 22.15 a process cannot start anew in its own place.
const onExecve = 'execve' in process ? test : test.skip;

onExecve(
  'has the heap flags of npm start, but for those of NODE_OPTIONS',
  async () => {
    const flagsOf = async (variables: Readonly<Record<string, string>>): Promise<string[]> => {
      const args = [MODEL, '--port', String(await freePort())];
      const { pid } = await serve(args, { HOST: '127.0.0.1', ...variables });
      expect(said).toContain('Ctrl+C');
      expect(said).not.toContain('Warning');
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      running!.kill('SIGKILL');
      return words.slice(1, words.indexOf(resolve(BIN)));
    };
    const all = /node (--.+) dist\//.exec(scripts.start)![1]!.split(' ');
    expect(await flagsOf({})).toEqual(all);
    expect(await flagsOf({ NODE_OPTIONS: '--max-semi-space-size=4' })).toEqual(all.slice(1));
  },
  60_000,
);
