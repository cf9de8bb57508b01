import { spawn, execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const TICKS_PER_SECOND = Number(run('getconf', ['CLK_TCK']) ?? 100);
const STOP_MS = 15_000;
/** Below the ports that systems hand to outgoing connections. */
const FIRST_PORT = 20_000;
const PORT_COUNT = 10_000;

const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

/** A folder that goes when this process ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'inferserve-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a command prints, or `undefined` where it cannot be run. */
export function run(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

/** Starts a process on the given cores, with its output in a file; it ends with this process at the latest. */
export function start({ command, args, env, cwd, cores, logFile, ipc = false }) {
  const log = openSync(logFile, 'a');
  const pin = cores === undefined ? [] : ['taskset', '-c', cores];
  const [file, ...rest] = [...pin, command, ...args];
  const child = spawn(file, rest, {
    cwd,
    env,
    stdio: ipc ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
  });
  running.add(child);
  const ended = new Promise((resolve) => {
    const end = () => {
      if (running.delete(child)) closeSync(log);
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  return {
    child,
    pid: child.pid,
    ended,
    hasEnded: () => !running.has(child),
    /** Keeps a log of millions of lines from filling the disk; the file is opened to append. */
    truncateLog: () => ftruncateSync(log, 0),
    async stop() {
      child.kill('SIGTERM');
      const late = sleep(STOP_MS, 'late', { ref: false });
      if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
      await ended;
    },
  };
}

/** CPU seconds, user and system, of a process and all that it started, threads included. */
export function cpuSeconds(pid) {
  let ticks = 0;
  for (const each of [pid, ...descendants(pid)]) {
    const fields = statFields(each);
    if (fields) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return ticks / TICKS_PER_SECOND;
}

/** Resident bytes of a process and all that it started, and the most that it ever had. */
export function residentBytes(pid) {
  const sum = { now: 0, peak: 0 };
  for (const each of [pid, ...descendants(pid)]) {
    const status = readOrEmpty(`/proc/${each}/status`);
    const bytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) * 1024;
    sum.now += bytes('VmRSS');
    sum.peak += bytes('VmHWM');
  }
  return sum;
}

/** The processes that a process started, and those that they started. */
export function descendants(pid) {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = Number(statFields(name)?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [...(children.get(pid) ?? [])];
  for (const each of found) found.push(...(children.get(each) ?? []));
  return found;
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold blanks: state, parent, … */
function statFields(pid) {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat === '' ? undefined : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** A port that was free a moment ago. */
export async function freePort() {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORT_COUNT);
    const isFree = await new Promise((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
