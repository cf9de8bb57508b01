import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port';

/** A redis-server of this test's own, checked to be the one it started. */
export class RedisServer {
  private process?: ChildProcess;
  private readonly folder = mkdtempSync(join(tmpdir(), 'inferserve-redis-'));
  private readonly token = randomUUID();

  private constructor(
    readonly port: number,
    private readonly options: readonly string[],
  ) {}

  /** Whether this machine has a redis-server. */
  static get isInstalled(): boolean {
    return spawnSync('redis-server', ['--version']).status === 0;
  }

  static async start(...options: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    await server.boot();
    return server;
  }

  get env(): { readonly REDIS_HOST: string; readonly REDIS_PORT: string } {
    return { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(this.port) };
  }

  /** Starts the process, again after `signal('SIGKILL')`; resolves once it answers. */
  async boot(): Promise<void> {
    const options =
      `--port ${this.port} --bind 127.0.0.1 --dir ${this.folder} --appendonly no` +
      ` --proc-title-template ${this.token} --save`;
    const args = [...options.split(' '), '', ...this.options];
    this.process = spawn('redis-server', args, { stdio: 'ignore' });
    await this.answers();
    if (this.process.exitCode !== null) throw new Error('another server holds the port');
  }

  signal(signal: NodeJS.Signals): void {
    this.process?.kill(signal);
  }

  /** A client of the test's own, with its patience. */
  client(options: object = {}): Redis {
    return new Redis({ port: this.port, host: '127.0.0.1', ...options });
  }

  /** Ends the process at once; `boot` starts another on the same port. */
  async kill(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      const reply = spawnSync('redis-cli', ['-p', String(this.port), 'ping'], { encoding: 'utf8' });
      if (/PONG|NOAUTH|NOPERM/.test(reply.stdout)) return;
      await sleep(50);
    }
    throw new Error(`redis-server on port ${this.port} does not answer`);
  }
}

/** `describe` where there is a redis-server; else a skip that says so, or a failure under REQUIRE_REDIS=1. */
export function describeWithRedis(name: string, body: () => void): void {
  // oxlint-disable-next-line node/no-process-env
  const required = process.env['REQUIRE_REDIS'] === '1';
  if (RedisServer.isInstalled) describe(name, body);
  else if (required)
    test(`${name}: redis-server is required but not installed`, () => expect(false).toBe(true));
  else describe.skip(`${name} (skipped: no redis-server on this machine)`, body);
}
