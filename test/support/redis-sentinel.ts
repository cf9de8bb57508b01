import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port';
import { RedisServer } from './redis-server';
import { type RedisProgram, REDIS_PROGRAMS } from './redis-servers';

const SENTINELS = 3;
const QUORUM = 2;
/** After which the Sentinels call the primary failed. */
export const DOWN_AFTER_MS = 1_000;
const PRIMARY_NAME = 'limits';

/** A primary with a replica, and three Sentinels that watch them. */
export class RedisSentinels {
  private readonly folder = mkdtempSync(join(tmpdir(), 'inferserve-sentinel-'));
  private readonly processes: ChildProcess[] = [];
  private readonly ports: number[] = [];

  private constructor(
    readonly primary: RedisServer,
    readonly replica: RedisServer,
  ) {}

  static async start(program: RedisProgram = REDIS_PROGRAMS[0]!): Promise<RedisSentinels> {
    const primary = await RedisServer.startProgram(program, '--repl-diskless-sync-delay', '0');
    const replica = await RedisServer.startProgram(
      program,
      '--replicaof',
      '127.0.0.1',
      String(primary.port),
    );
    const sentinels = new RedisSentinels(primary, replica);
    for (let i = 0; i < SENTINELS; i++) await sentinels.startSentinel(program);
    await sentinels.agree();
    return sentinels;
  }

  get url(): string {
    const hosts = this.ports.map((port) => `127.0.0.1:${port}`);
    return `redis+sentinel://${hosts.join(',')}/${PRIMARY_NAME}`;
  }

  /** One of the Sentinels asks the others to make the replica the primary. */
  async failOver(): Promise<void> {
    await this.ask((sentinel) => sentinel.call('SENTINEL', 'FAILOVER', PRIMARY_NAME));
  }

  /** The port of the primary, as the first Sentinel sees it. */
  async primaryPort(): Promise<number> {
    const address = await this.ask((sentinel) =>
      sentinel.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', PRIMARY_NAME),
    );
    return Number((address as string[])[1]);
  }

  async stop(): Promise<void> {
    for (const child of this.processes) {
      if (child.exitCode !== null) continue;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    await this.primary.stop();
    await this.replica.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startSentinel(program: RedisProgram): Promise<void> {
    const port = await freePort();
    const file = join(this.folder, `${port}.conf`);
    writeFileSync(
      file,
      [
        `port ${port}`,
        'bind 127.0.0.1',
        `dir ${this.folder}`,
        `sentinel monitor ${PRIMARY_NAME} 127.0.0.1 ${this.primary.port} ${QUORUM}`,
        `sentinel down-after-milliseconds ${PRIMARY_NAME} ${DOWN_AFTER_MS}`,
        `sentinel failover-timeout ${PRIMARY_NAME} 3000`,
      ].join('\n'),
    );
    this.processes.push(spawn(program.command, [file, '--sentinel'], { stdio: 'ignore' }));
    this.ports.push(port);
  }

  /** Until each Sentinel knows the others and the replica. */
  private async agree(): Promise<void> {
    for (const port of this.ports) {
      for (let attempt = 0; ; attempt++) {
        const text = await this.ask(
          (sentinel) => sentinel.call('SENTINEL', 'MASTER', PRIMARY_NAME),
          port,
        ).catch(() => []);
        const fields = text as string[];
        const field = (name: string): string | undefined => fields[fields.indexOf(name) + 1];
        if (field('num-other-sentinels') === '2' && field('num-slaves') === '1') break;
        if (attempt > 400) throw new Error('the Sentinels do not find each other');
        await sleep(50);
      }
    }
  }

  private async ask<T>(
    question: (sentinel: Redis) => Promise<T>,
    port = this.ports[0]!,
  ): Promise<T> {
    const sentinel = new Redis({ port, host: '127.0.0.1', retryStrategy: () => null });
    sentinel.on('error', () => undefined);
    try {
      return await question(sentinel);
    } finally {
      sentinel.disconnect();
    }
  }
}
