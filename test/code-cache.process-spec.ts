import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { scripts } from '../package.json';

const FLAGS = /node (--.+) dist\//.exec(scripts.start)![1]!.split(' ');
const LENGTH = 100;

const folder = mkdtempSync(join(tmpdir(), 'code-cache-'));
const dist = join(folder, 'dist');

beforeEach(() => cpSync('dist', dist, { recursive: true, filter: (path) => !isCompiled(path) }));
afterEach(() => rmSync(dist, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the bundles are made of. */
function isCompiled(path: string): boolean {
  return /^dist.(?:apps|libs)/.test(path);
}

describe.each([
  ['server', []],
  ['inferserve', ['serve']],
])('%s', (name, args) => {
  /** Starts the server until it listens: whether V8 took the cache, its exit code and what it said. */
  function start(flags: readonly string[]) {
    const program = `
      process.argv.splice(1, 0, './dist/${name}.js');
      const { script } = require('./dist/${name}.js');
      setInterval(() => {
        if (!process.getActiveResourcesInfo().includes('TCPServerWrap')) return;
        process.stdout.write(String(script.cachedDataRejected));
        process.exit();
      }, 20);`;
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [...flags, '-e', program, ...args],
      {
        cwd: folder,
        env: {
          PORT: '0',
          HOST: '127.0.0.1',
          LOG_LEVEL: 'error',
          ARTIFACTS_DIR: resolve('artifacts'),
        },
        encoding: 'utf8',
        timeout: 20_000,
      },
    );
    return { rejected: stdout, stderr, status };
  }

  test('with the flags of npm start V8 takes what the build compiled, wherever dist lies', () => {
    expect(start(FLAGS)).toEqual({ rejected: 'false', stderr: '', status: 0 });
  });

  test.each<[string, string, (path: string) => void]>([
    ['without it', 'undefined', (path) => rmSync(path)],
    ['with a part of it', 'true', (path) => truncateSync(path, LENGTH)],
    ['with something else', 'true', (path) => writeFileSync(path, Buffer.alloc(LENGTH))],
    ['with an empty file', 'true', (path) => writeFileSync(path, '')],
  ])('the server starts %s', (_, rejected, change) => {
    const caches = join(dist, 'code-cache');
    for (const file of readdirSync(caches)) change(join(caches, file));
    expect(start(FLAGS)).toEqual({ rejected, stderr: '', status: 0 });
  });

  test('the server starts with other flags', () => {
    expect(start(['--max-semi-space-size=8'])).toEqual({ rejected: 'true', stderr: '', status: 0 });
  });

  test('what runs is the program that lies there, even another one of the same length', () => {
    const code = join(dist, `${name}.code.js`);
    const first = 'process.noDeprecation=true;';
    const text = readFileSync(code, 'latin1');
    expect(text).toContain(first);
    writeFileSync(code, text.replace(first, 'process.exit(3);'.padEnd(first.length)), 'latin1');
    expect(start(FLAGS)).toEqual({ rejected: '', stderr: '', status: 3 });
  });
});
