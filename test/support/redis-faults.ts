import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { RedisServer } from './redis-server';
import type { RedisProgram } from './redis-servers';
import { TcpProxy } from './tcp-proxy';

/** A Redis with a replica, and the address that the server under test knows. */
export interface FaultStage {
  readonly redis: RedisServer;
  readonly replica: RedisServer;
  readonly proxy: TcpProxy;
  /** Clients of the test's own, beside the proxy. */
  readonly admin: Redis;
  readonly replicaAdmin: Redis;
  stop(): Promise<void>;
}

/** Something that happens to Redis or to the network. */
export interface Fault {
  readonly name: string;
  /** What the log says of it, once. */
  readonly log?: RegExp;
  /** The major version of Redis that has it. */
  readonly since?: number;
  /** Whether Redis has forgotten all counts afterwards. */
  readonly losesData?: boolean;
  inject(stage: FaultStage): unknown;
  heal?(stage: FaultStage): unknown;
}

/** Starts a primary and its replica, the proxy leading to the primary. */
export async function startStage(program: RedisProgram): Promise<FaultStage> {
  const redis = await RedisServer.startProgram(program, '--repl-diskless-sync-delay', '0');
  const replica = await RedisServer.startProgram(
    program,
    '--replicaof',
    '127.0.0.1',
    String(redis.port),
  );
  const proxy = await TcpProxy.start(redis.port);
  const admin = redis.client({ maxRetriesPerRequest: null });
  const replicaAdmin = replica.client({ maxRetriesPerRequest: null });
  await admin.wait(1, 5_000);
  return {
    redis,
    replica,
    proxy,
    admin,
    replicaAdmin,
    async stop() {
      admin.disconnect();
      replicaAdmin.disconnect();
      await proxy.stop();
      await redis.stop();
      await replica.stop();
    },
  };
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'SIGKILL, later a restart',
    log: /\((ECONNREFUSED|ECONNRESET|EPIPE|CLOSED)\): it cannot be reached/,
    losesData: true,
    inject: ({ redis }) => redis.kill(),
    heal: ({ redis }) => redis.boot(),
  },
  {
    name: 'SIGSTOP, later SIGCONT',
    log: /\(DEADLINE\): it does not answer in time/,
    inject: ({ redis }) => redis.signal('SIGSTOP'),
    heal: ({ redis }) => redis.signal('SIGCONT'),
  },
  {
    name: '`CLIENT PAUSE`',
    log: /\(DEADLINE\): it does not answer in time/,
    inject: ({ admin }) => admin.client('PAUSE', 1_200),
  },
  {
    name: 'network delays by 300 ms',
    log: /\(DEADLINE\): it does not answer in time/,
    inject: ({ proxy }) => proxy.set('delay'),
    heal: ({ proxy }) => proxy.set('forward'),
  },
  {
    name: 'network swallows everything',
    log: /\(DEADLINE\): it does not answer in time/,
    inject: ({ proxy }) => proxy.set('blackhole'),
    heal: ({ proxy }) => proxy.set('forward'),
  },
  {
    name: 'network resets connections',
    log: /\((ECONNRESET|EPIPE|CLOSED)\): it cannot be reached/,
    inject: ({ proxy }) => proxy.set('reset'),
    heal: ({ proxy }) => proxy.set('forward'),
  },
  {
    name: 'malformed replies',
    log: /make no sense|cannot be reached/,
    inject: ({ proxy }) => proxy.set('garble'),
    heal: ({ proxy }) => proxy.set('forward'),
  },
  {
    name: '`SCRIPT FLUSH`',
    inject: ({ admin }) => admin.script('FLUSH'),
  },
  {
    name: 'password changed',
    log: /\(NOAUTH\): it refuses the credentials/,
    inject: async ({ admin }) => {
      await admin.config('SET', 'requirepass', 'another-secret');
      await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
    heal: ({ admin }) => admin.config('SET', 'requirepass', ''),
  },
  {
    name: 'primary demoted (READONLY), later promoted again',
    log: /\(READONLY\): it does not accept writes/,
    inject: ({ admin }) => admin.replicaof('127.0.0.1', '1'),
    heal: ({ admin }) => admin.replicaof('NO', 'ONE'),
  },
  {
    name: 'failover behind one address, the old connection leads to the demoted primary',
    inject: async ({ admin, replica, replicaAdmin, proxy }) => {
      await admin.wait(1, 1_000);
      await replicaAdmin.replicaof('NO', 'ONE');
      await admin.replicaof('127.0.0.1', String(replica.port));
      proxy.retarget(replica.port);
    },
  },
  {
    name: 'a balancer leads to a replica, later to the primary',
    log: /\(READONLY\): it does not accept writes/,
    inject: async ({ replica, proxy }) => {
      proxy.retarget(replica.port);
      proxy.closeAll();
    },
    heal: ({ redis, proxy }) => proxy.retarget(redis.port),
  },
  {
    name: 'out of memory (`maxmemory`, noeviction)',
    log: /\(OOM\): it is out of memory/,
    inject: ({ admin }) => admin.config('SET', 'maxmemory', '1'),
    heal: ({ admin }) => admin.config('SET', 'maxmemory', '0'),
  },
  {
    name: 'disk full (MISCONF)',
    log: /\(MISCONF\): it refuses writes because it cannot save/,
    inject: async ({ redis, admin }) => {
      redis.removeFolder();
      await admin.config('SET', 'save', '3600 1');
      await admin.bgsave();
      while (!(await admin.info('persistence')).includes('rdb_last_bgsave_status:err')) {
        await sleep(20);
      }
    },
    heal: ({ admin }) => admin.config('SET', 'save', ''),
  },
  {
    name: 'no permission (NOPERM)',
    log: /\(NOPERM\): the user may not run the script/,
    since: 6,
    inject: ({ admin }) => admin.call('ACL', 'SETUSER', 'default', '-eval', '-evalsha'),
    heal: ({ admin }) => admin.call('ACL', 'SETUSER', 'default', '+eval', '+evalsha'),
  },
  {
    name: 'too many clients',
    // Redis closes such a connection so fast that its reply can be lost.
    log: /\((MAXCLIENTS|EPIPE|ECONNRESET|CLOSED)\): it/,
    inject: async ({ admin, proxy }) => {
      const count = await admin.client('LIST');
      await admin.config('SET', 'maxclients', String(String(count).trim().split('\n').length - 1));
      proxy.closeAll();
    },
    heal: ({ admin }) => admin.config('SET', 'maxclients', '1000'),
  },
];
