import { Redis } from 'ioredis';
import { CORES } from './cores.mjs';
import { freePort, run, start } from './processes.mjs';

const READY_MS = 10_000;

export const REDIS_VERSION = /v=(\S+)/.exec(run('redis-server', ['--version']) ?? '')?.[1];

/** An empty Redis of one's own, without persistence, on a free port. */
export async function startRedis(logFile) {
  if (REDIS_VERSION === undefined) throw new Error('redis-server is not installed');
  const port = await freePort();
  const server = start({
    command: 'redis-server',
    args: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    cores: CORES.load,
    logFile,
  });
  const client = new Redis({
    host: '127.0.0.1',
    port,
    retryStrategy: (attempt) => (attempt * 50 < READY_MS ? 50 : null),
    maxRetriesPerRequest: null,
  });
  client.on('error', () => undefined);
  await client.ping();
  return {
    port,
    pid: server.pid,
    /** Decisions so far: a script call each; the Python service counts with INCRBY. */
    async decisions() {
      const stats = await client.info('commandstats');
      const calls = [...stats.matchAll(/^cmdstat_(?:eval|evalsha|incrby):calls=(\d+)/gm)];
      return calls.reduce((sum, [, count]) => sum + Number(count), 0);
    },
    async stop() {
      client.disconnect();
      await server.stop();
    },
  };
}
