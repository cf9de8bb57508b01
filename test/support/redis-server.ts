import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port';
import { REDIS_PROGRAMS, type RedisProgram } from './redis-servers';

/** A redis-server of this test's own. */
export class RedisServer {
  private process?: ChildProcess;
  private readonly folder = mkdtempSync(join(tmpdir(), 'inferserve-redis-'));

  private constructor(
    readonly port: number,
    readonly program: RedisProgram,
    private readonly options: readonly string[],
  ) {}

  /** A server of the first kind that the machine has, with more options of its command line. */
  static start(...options: readonly string[]): Promise<RedisServer> {
    return RedisServer.startProgram(REDIS_PROGRAMS[0]!, ...options);
  }

  static async startProgram(
    program: RedisProgram,
    ...options: readonly string[]
  ): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), program, options);
    await server.boot();
    return server;
  }

  get env(): { readonly REDIS_HOST: string; readonly REDIS_PORT: string } {
    return { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(this.port) };
  }

  /** Starts the process, again after `kill()`; resolves once it answers. */
  async boot(): Promise<void> {
    const options = `--port ${this.port} --bind 127.0.0.1 --dir ${this.folder} --appendonly no --save`;
    const args = [...options.split(' '), '', ...this.options];
    this.process = spawn(this.program.command, args, { stdio: 'ignore' });
    for (let attempt = 0; attempt < 200; attempt++) {
      if (this.process.exitCode !== null) throw new Error('redis-server ended: is the port taken?');
      if (await answers(this.port)) return;
      await sleep(25);
    }
    throw new Error(`redis-server on port ${this.port} does not answer`);
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
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** From now on it cannot save what it holds. */
  removeFolder(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.kill();
    this.removeFolder();
  }
}

/** Whether something that speaks Redis' protocol answers on the port, be it with a refusal. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (answered: boolean): void => {
      socket.destroy();
      resolve(answered);
    };
    socket.setTimeout(500, () => end(false));
    socket.on('error', () => end(false));
    socket.on('data', () => end(true));
    socket.on('close', () => end(false));
  });
}

/** `describe` where there is a redis-server; else a skip that says so, or a failure under REQUIRE_REDIS=1. */
export function describeWithRedis(name: string, body: () => void): void {
  // oxlint-disable-next-line node/no-process-env
  const required = process.env['REQUIRE_REDIS'] === '1';
  if (REDIS_PROGRAMS.length > 0) describe(name, body);
  else if (required)
    test(`${name}: redis-server is required but not installed`, () => expect(false).toBe(true));
  else describe.skip(`${name} (skipped: no redis-server on this machine)`, body);
}
