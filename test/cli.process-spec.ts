import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(__dirname, '..');
const MAIN = join(ROOT, 'dist/inferserve.js');
const BIN = join(ROOT, 'apps/cli/bin/inferserve.js');

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error('dist is missing: run "npm run build" first');
});

function inferserve(...args: readonly string[]) {
  return spawnSync(process.execPath, [BIN, ...args], { cwd: ROOT, encoding: 'utf8' });
}

interface Process {
  readonly pid: number;
  readonly args: string;
}

/** The process `pid` and all that it started. */
function processTree(pid: number): Process[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const rows = stdout.split('\n').flatMap((row) => {
    const [, id, parent, args = ''] = /^ *(\d+) +(\d+) (.*)$/.exec(row) ?? [];
    return id === undefined ? [] : [{ pid: Number(id), parent: Number(parent), args }];
  });
  const below = (parent: number): Process[] =>
    rows.filter((row) => row.parent === parent).flatMap((row) => [row, ...below(row.pid)]);
  return [...rows.filter((row) => row.pid === pid), ...below(pid)];
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; !condition();) {
    if (Date.now() > end) throw new Error(`timed out waiting until ${what}`);
    await sleep(50);
  }
}

describe('inferserve, as built', () => {
  it('says so where a disk takes only a part of what it writes last, and leaves nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'full-disk-'));
    // Each line has 23 bytes: the last of them lie above the bound of 4 KiB.
    const header = 'sepal_length,sepal_width,petal_length,petal_width\n';
    writeFileSync(join(folder, 'rows.csv'), header + '5.1,3.5,1.4,0.2\n'.repeat(177));
    const predict = `'${process.execPath}' '${BIN}' predict iris ${folder}/rows.csv -o ${folder}/out.csv`;
    const bounded = `trap '' XFSZ; ulimit -f 4; ${predict}`;
    const { status, stderr } = spawnSync('bash', ['-c', bounded], { cwd: ROOT, encoding: 'utf8' });
    expect(stderr).toMatch(/cannot write .*out\.csv \(EFBIG/);
    expect([status, readdirSync(folder)]).toEqual([1, ['rows.csv']]);
    rmSync(folder, { recursive: true });
  });

  it('says so where its output cannot be written', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [BIN, 'verify', 'iris'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect([status, stderr]).toEqual([
      1,
      'inferserve: cannot write the output (ENOSPC: no space left on device, write). ' +
        'Free some disk space and try again; nothing was changed.\n',
    ]);
  });

  it.each([
    [['--help'], 0],
    [['export-snippet'], 0],
    [['verify', 'iris'], 0],
    [['verify', 'nothing'], 1],
    [['train', '--chek'], 2],
    [['train', '--version', '../up'], 2],
    [['train', 'more'], 2],
    [[], 2],
  ])('%j ends with %i', (args, status) => {
    const run = inferserve(...args);
    expect(run.status).toBe(status);
    expect(run.stderr === '').toBe(status === 0);
    expect(run.stdout === '').toBe(status !== 0);
  });

  it('says where it looked when started in another directory', () => {
    const run = spawnSync(process.execPath, [BIN, 'verify', 'iris'], {
      cwd: '/',
      encoding: 'utf8',
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('iris is neither a file nor a model in /artifacts.');
  });

  it('ends quietly when its reader stops early', () => {
    const script = `"${process.execPath}" "${BIN}" export-snippet | true; echo "\${PIPESTATUS[0]}"`;
    const run = spawnSync('bash', ['-c', script], { cwd: ROOT, encoding: 'utf8' });
    expect(run).toMatchObject({ stdout: '0\n', stderr: '' });
  });

  it.each([
    ['SIGTERM to npx, as of a process manager', (npx: number) => process.kill(npx, 'SIGTERM')],
    ['SIGINT to all, as of Ctrl+C', (npx: number) => process.kill(-npx, 'SIGINT')],
  ])(
    'ends with npx on %s',
    async (_, stop) => {
      const npx = spawn('npx', ['inferserve', 'train', '--check'], {
        cwd: ROOT,
        // oxlint-disable-next-line node/no-process-env -- as from a shell, also when npx runs this test
        env: { ...process.env, npm_command: '' },
        stdio: 'ignore',
        detached: true,
      });
      const exit = once(npx, 'exit');
      let tree: readonly Process[] = [];
      // npx, its shell, and the program, which has to be busy: signals must reach it then too.
      await until(() => {
        tree = processTree(npx.pid!);
        return tree.some(({ args }) => /\.bin\/inferserve train/.test(args));
      }, 'it runs');
      await sleep(500);
      const stopped = Date.now();
      stop(npx.pid!);
      await exit;
      await until(() => !tree.some(({ pid }) => isAlive(pid)), 'all of its processes have ended');
      // Training takes longer.
      expect(Date.now() - stopped).toBeLessThan(3000);
    },
    60_000,
  );
});
