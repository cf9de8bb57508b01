import { setTimeout as sleep } from 'node:timers/promises';
import { parseRedisUrl } from '@inferserve/rate-limit';
import { reportTable } from './support/doc-table';
import { Limiter, takeLines } from './support/limiter';
import { NODE_TIMEOUT_MS, RedisCluster } from './support/redis-cluster';
import { DOWN_AFTER_MS, RedisSentinels } from './support/redis-sentinel';
import { REDIS_PROGRAMS } from './support/redis-servers';

jest.setTimeout(90_000);

/** Each decision within this: 100 ms for the deadline, the rest for a busy machine. */
const WORST_MS = 250;

interface Stage {
  readonly url: string;
  /** A key with this name that lies where the fault will be. */
  keyOf(name: string): string;
  stop(): Promise<void>;
}

interface Failover {
  readonly name: string;
  /** Whether what was counted between promotion and announcement is lost, as Redis documents it. */
  readonly losesLast?: boolean;
  start(program: (typeof REDIS_PROGRAMS)[number]): Promise<Stage & { fault(): Promise<unknown> }>;
}

const FAILOVERS: readonly Failover[] = [
  {
    name: `Cluster: SIGKILL of a primary (node timeout ${NODE_TIMEOUT_MS / 1000} s)`,
    async start(program) {
      const cluster = await RedisCluster.start(program);
      return stageOf(cluster, () => cluster.nodes[0]!.server.kill());
    },
  },
  {
    name: `Cluster: SIGSTOP of a primary (node timeout ${NODE_TIMEOUT_MS / 1000} s)`,
    async start(program) {
      const cluster = await RedisCluster.start(program);
      return stageOf(cluster, async () => cluster.nodes[0]!.server.signal('SIGSTOP'));
    },
  },
  {
    name: 'Cluster: planned, `CLUSTER FAILOVER`',
    async start(program) {
      const cluster = await RedisCluster.start(program);
      return stageOf(cluster, () => cluster.nodes[3]!.admin.cluster('FAILOVER'));
    },
  },
  {
    name: `Sentinel: SIGKILL of the primary (down after ${DOWN_AFTER_MS / 1000} s)`,
    async start(program) {
      const sentinels = await RedisSentinels.start(program);
      return stageOf(sentinels, () => sentinels.primary.kill());
    },
  },
  {
    name: `Sentinel: SIGSTOP of the primary (down after ${DOWN_AFTER_MS / 1000} s)`,
    async start(program) {
      const sentinels = await RedisSentinels.start(program);
      return stageOf(sentinels, async () => sentinels.primary.signal('SIGSTOP'));
    },
  },
  {
    name: 'Sentinel: planned, `SENTINEL FAILOVER`',
    losesLast: true,
    async start(program) {
      const sentinels = await RedisSentinels.start(program);
      return stageOf(sentinels, () => sentinels.failOver());
    },
  },
];

function stageOf(
  servers: RedisCluster | RedisSentinels,
  fault: () => Promise<unknown>,
): Stage & { fault(): Promise<unknown> } {
  return {
    url: servers.url,
    keyOf: (name) => (servers instanceof RedisCluster ? servers.keyOf(0, name) : name),
    stop: () => servers.stop(),
    fault,
  };
}

const rows = FAILOVERS.map(({ name }) => [name, ...REDIS_PROGRAMS.map(() => 'not measured')]);
afterAll(() => {
  reportTable('docs/operations.md', 'failovers', [
    ['Failover', ...REDIS_PROGRAMS.map(({ name }) => name)],
    ...rows,
  ]);
});

describe.each(REDIS_PROGRAMS)('a failover of $name', (program) => {
  const running: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of running.splice(0)) await each.stop();
  });

  test.each(FAILOVERS.map((failover, i) => ({ ...failover, row: rows[i]! })))(
    '$name: quick decisions, no second allowance, exact afterwards',
    async ({ start, row, losesLast = false }) => {
      const stage = await start(program);
      running.unshift(stage);
      takeLines();
      const replicas: [Limiter, Limiter] = [
        await Limiter.start({ redis: parseRedisUrl(stage.url) }),
        await Limiter.start({ redis: parseRedisUrl(stage.url) }),
      ];
      running.unshift(...replicas);

      const clients = 20;
      const spent = Array.from({ length: clients }, (_, i) => stage.keyOf(`spent:${i}`));
      const halfSpent = Array.from({ length: clients }, (_, i) => stage.keyOf(`half:${i}`));
      for (const key of spent) expect(await replicas[0].accepted(10, key)).toBe(10);
      for (const key of halfSpent) expect(await replicas[1].accepted(6, key)).toBe(6);
      await sleep(200);

      let worstMs = 0;
      let byMemoryUntilMs = 0;
      const load = { isOver: false };
      let served = 0;
      let passed = 0;
      const started = performance.now();
      const loads = replicas.map(async (limiter, which) => {
        for (let i = 0; !load.isOver; i++) {
          const asked = performance.now();
          const { backend, isBlocked } = await limiter.hit(stage.keyOf(`new:${which}:${i}`));
          const now = performance.now();
          worstMs = Math.max(worstMs, now - asked);
          if (backend === 'memory') byMemoryUntilMs = now - started;
          if (isBlocked) throw new Error('a new client was refused');
          served += 1;
          // The other replica knows these clients only through Redis.
          const again = await limiter.hit(
            which === 0 ? halfSpent[i % clients]! : spent[i % clients]!,
          );
          if (which === 1 && !again.isBlocked && again.backend === 'redis') passed += 1;
          await sleep(5);
        }
      });
      await stage.fault();
      await sleep(2_500 + DOWN_AFTER_MS);
      await Promise.all(replicas.map((limiter) => limiter.degraded(false)));
      // A connection that a failover left on the old primary would be lost only now.
      await sleep(1_000);
      await Promise.all(replicas.map((limiter) => limiter.degraded(false)));
      load.isOver = true;
      await Promise.all(loads);

      expect(served).toBeGreaterThan(200);
      expect(worstMs).toBeLessThan(WORST_MS);
      // Nobody whose ten were spent got more from the shared count.
      expect(passed).toBe(0);
      // What it is asked is the shared count, which a busy machine may take long to tell.
      const third = await Limiter.start({ redis: parseRedisUrl(stage.url), deadlineMs: 5_000 });
      running.unshift(third);
      await third.degraded(false);
      for (const key of spent) expect(await third.accepted(2, key)).toBe(0);
      const more = await Promise.all(halfSpent.map((key) => third.accepted(10, key)));
      for (const count of more) expect(count).toBeLessThanOrEqual(losesLast ? 4 : 0);
      const fresh = stage.keyOf('fresh');
      const [a, b, c] = await Promise.all(
        [...replicas, third].map((limiter) => limiter.accepted(15, fresh)),
      );
      expect(a! + b! + c!).toBe(10);
      const seconds = (byMemoryUntilMs / 1000).toFixed(1);
      row[1 + REDIS_PROGRAMS.indexOf(program)] =
        `${seconds} s by memory, worst ${Math.round(worstMs)} ms`;
    },
  );
});
