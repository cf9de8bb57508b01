import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './support/free-port';

/** A copy of the workspace, whose build other tests do not use. */
const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
let running: ChildProcess | undefined;
let output = '';

beforeAll(() => {
  for (const name of ['package.json', '.swcrc', 'apps', 'libs', 'scripts', 'artifacts']) {
    cpSync(name, join(folder, name), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
});
afterEach(() => {
  // The whole group: what this is about is what npm leaves behind.
  try {
    process.kill(-running!.pid!, 'SIGKILL');
  } catch {
    // All have ended.
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program as a process manager does: no terminal, and signals go to one process id. */
function run(
  cwd: string,
  command: readonly string[],
  variables: Record<string, string>,
): ChildProcess {
  const [program, ...args] = command;
  output = '';
  running = spawn(program!, args, {
    cwd,
    // oxlint-disable-next-line node/no-process-env -- npm needs its own variables
    env: { ...process.env, npm_command: '', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [running.stdout!, running.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return running;
}

async function printed(pattern: RegExp): Promise<void> {
  for (let waited = 0; waited < 45_000; waited += 50) {
    if (pattern.test(output)) return;
    await sleep(50);
  }
  throw new Error(`nothing printed matches ${pattern.source}:\n${output}`);
}

async function isServed(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
}

describe('npm start', () => {
  test.each([
    ['SIGTERM', {}],
    // What the first start has built is there.
    ['SIGINT', { npm_config_ignore_scripts: 'true' }],
  ] as const)(
    'drains on %s to npm itself, ends with 0 and leaves nothing behind',
    async (signal, variables) => {
      const port = await freePort();
      const npm = run(folder, ['npm', 'start'], {
        PORT: String(port),
        HOST: '127.0.0.1',
        SHUTDOWN_DELAY_SECONDS: '1',
        ...variables,
      });
      await printed(/Listening on/);
      expect(await isServed(port)).toBe(true);
      const ended = once(npm, 'exit');
      npm.kill(signal);
      await printed(new RegExp(`${signal}: no longer ready, stopping`));
      expect(await ended).toEqual([0, null]);
      expect(output).toContain('"msg":"Stopped"');
      expect(await isServed(port)).toBe(false);
    },
    120_000,
  );
});

describe('npx inferserve', () => {
  test.each([
    ['SIGTERM to npx', (pid: number) => process.kill(pid, 'SIGTERM')],
    ['SIGTERM to all', (pid: number) => process.kill(-pid, 'SIGTERM')],
    ['SIGINT to all, as a terminal sends it', (pid: number) => process.kill(-pid, 'SIGINT')],
  ])(
    'lets a command that handles signals end by itself on %s',
    async (_, signal) => {
      const bin = mkdtempSync(join(tmpdir(), 'npx-'));
      for (const path of ['apps/cli/bin', 'dist', 'node_modules/.bin']) {
        mkdirSync(join(bin, path), { recursive: true });
      }
      writeFileSync(join(bin, 'package.json'), '{"name":"x"}');
      cpSync('apps/cli/bin/inferserve.js', join(bin, 'apps/cli/bin/inferserve.js'));
      chmodSync(join(bin, 'apps/cli/bin/inferserve.js'), 0o755);
      symlinkSync('../../apps/cli/bin/inferserve.js', join(bin, 'node_modules/.bin/inferserve'));
      // A command that goes on until it is told to stop, and takes a moment to do so; a second signal would show.
      writeFileSync(
        join(bin, 'dist/inferserve.js'),
        `const end = (name) => setTimeout(() => { console.log('drained ' + name); setTimeout(() => process.exit(0), 300); }, 300);
        process.on('SIGTERM', end).on('SIGINT', end);
        console.log('up', process.argv[2]);
        setInterval(() => undefined, 1000);`,
      );
      const npx = run(bin, ['npx', 'inferserve', 'serve'], {});
      await printed(/up serve/);
      signal(npx.pid!);
      await printed(/drained SIG/);
      await sleep(600);
      expect(output.match(/drained/g)).toHaveLength(1);
      rmSync(bin, { recursive: true });
    },
    30_000,
  );
});
