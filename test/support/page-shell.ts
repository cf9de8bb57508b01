import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port';

/** The ports that pages name. */
const PORTS = ['8000', '8001', '8080'];
/** Far more than a start takes on a busy machine, and less than a test may. */
const START_MS = 60_000;
/** A server runs until the next one starts, or the shell is closed. */
const SERVER = /^(?:[A-Z_]+=\S+ )*(?:npm start|npx inferserve serve)\b/;

/**
 * Runs the commands of one page of the documentation as they stand, in a copy of the workspace with models of its own. Only ports
 * become free ones, and the clock by which models are read again goes every second.
 */
export class PageShell {
  private server: ChildProcess | undefined;

  private constructor(
    /** Where the commands run. */
    readonly directory: string,
    private readonly root: string,
    private readonly ports: ReadonlyMap<string, string>,
  ) {}

  /** npm itself takes a second and a half for each command: `direct` runs what it would run. */
  static async open(page: string, npm: 'real' | 'direct' = 'direct'): Promise<PageShell> {
    const root = mkdtempSync(join(tmpdir(), 'page-'));
    for (const name of ['apps', 'dist', 'node_modules', 'test', 'package.json']) {
      symlinkSync(resolve(name), join(root, name));
    }
    for (const name of ['artifacts', 'examples']) {
      cpSync(name, join(root, name), { recursive: true });
    }
    writeFileSync(join(root, '.curlrc'), 'silent\nshow-error\nfail-with-body\n');
    mkdirSync(join(root, 'bin'));
    if (npm === 'direct') replaceNpm(root);
    const ports = new Map<string, string>();
    for (const port of PORTS) ports.set(port, String(await freePort()));
    return new PageShell(
      join(root, page.startsWith('examples/') ? dirname(page) : '.'),
      root,
      ports,
    );
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.ports.get('8000')}${path}`;
  }

  /** Resolves with what it printed once it has ended, or once the server that it starts is ready. @throws where it fails */
  async run(text: string): Promise<string> {
    if (SERVER.test(text)) return this.startServer(text);
    if (text.startsWith('curl ') && !this.server) await this.startServer('npm start');
    const { child, output } = this.spawn(text);
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${text}\nended with ${code}:\n${output()}`);
    return output();
  }

  async close(): Promise<void> {
    await this.stopServer();
    rmSync(this.root, { recursive: true, force: true });
  }

  private async startServer(text: string): Promise<string> {
    await this.stopServer();
    const { child, output } = this.spawn(text);
    this.server = child;
    const port = this.ports.get(/--port (\d+)/.exec(text)?.[1] ?? '8000')!;
    const signal = AbortSignal.timeout(START_MS);
    while (child.exitCode === null && !signal.aborted) {
      const health = fetch(`http://127.0.0.1:${port}/health/ready`, { signal });
      if ((await health.catch(() => undefined))?.status === 200) return output();
      await sleep(50);
    }
    const problem = signal.aborted ? `is not ready after ${START_MS} ms` : 'ended';
    throw new Error(`${text} ${problem}:\n${output()}`);
  }

  /** The whole group: npm and npx stand between the shell and the server. */
  private async stopServer(): Promise<void> {
    const child = this.server;
    this.server = undefined;
    if (!child || child.exitCode !== null) return;
    const closed = once(child, 'close');
    process.kill(-child.pid!, 'SIGKILL');
    await closed;
  }

  private spawn(text: string): { child: ChildProcess; output: () => string } {
    const command = text
      .replace(/\b80(?:00|01|80)\b/g, (port) => this.ports.get(port)!)
      .replace(/\bMODEL_RELOAD_SECONDS=\d+/, 'MODEL_RELOAD_SECONDS=1');
    const child = spawn('bash', ['-c', command], {
      cwd: this.directory,
      env: {
        // oxlint-disable-next-line node/no-process-env -- PATH alone of this machine's variables
        PATH: `${join(this.root, 'bin')}:${process.env['PATH']}`,
        HOME: this.root,
        PORT: this.ports.get('8000'),
        HOST: '127.0.0.1',
        SHUTDOWN_DELAY_SECONDS: '0',
        // The build exists, and other tests run from it.
        npm_config_ignore_scripts: 'true',
        npm_config_update_notifier: 'false',
        npm_config_offline: 'true',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (part: string) => (output += part));
    }
    return { child, output: () => output };
  }
}

/** `npx inferserve` and `npm start` without npm, which test/npm.process-spec.ts and the README's commands are about. */
function replaceNpm(root: string): void {
  const { scripts, bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: { start: string };
    bin: { inferserve: string };
  };
  const mode = 0o755;
  writeFileSync(
    join(root, 'bin/npx'),
    `#!/bin/sh\nshift\nexec node ${resolve(bin.inferserve)} "$@"\n`,
    { mode },
  );
  writeFileSync(join(root, 'bin/npm'), `#!/bin/sh\n${scripts.start}\n`, { mode });
}
