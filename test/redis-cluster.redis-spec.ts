import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from 'ioredis';
import { parseRedisUrl, type RateLimitOptions } from '@inferserve/rate-limit';
import { keySlot } from '../libs/rate-limit/src/key-slot';
import { Limiter, takeLines } from './support/limiter';
import { freePort } from './support/free-port';
import { NODE_TIMEOUT_MS, RedisCluster } from './support/redis-cluster';
import { describeWithRedis, RedisServer } from './support/redis-server';

jest.setTimeout(60_000);

describeWithRedis('a Redis Cluster', () => {
  let cluster: RedisCluster;
  const running: Limiter[] = [];
  beforeAll(async () => {
    cluster = await RedisCluster.start();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    takeLines();
    await Promise.all(cluster.primaries.map(({ admin }) => admin.flushall()));
  });
  afterEach(() => Promise.all(running.splice(0).map((limiter) => limiter.stop())));

  const replica = async (options: Partial<RateLimitOptions> = {}): Promise<Limiter> => {
    // The count is what is asked here, not how fast a busy machine is.
    const patient = { redis: parseRedisUrl(cluster.url), deadlineMs: 5_000 };
    const limiter = await Limiter.start({ ...patient, ...options });
    running.push(limiter);
    // On a busy machine the connections may take longer than the start waits for them; that is no failure here.
    await limiter.degraded(false);
    const { client } = limiter;
    const nodes = () => (client instanceof Cluster ? client.nodes() : []);
    while (nodes().some(({ status }) => status !== 'ready')) await sleep(10);
    limiter.failures.length = 0;
    limiter.breakers.length = 0;
    return limiter;
  };

  test('exactly ten of each of 300 clients that ask four replicas at once, from the first request on', async () => {
    const replicas = await Promise.all(Array.from({ length: 4 }, () => replica()));
    const asked = Array.from({ length: 300 * 20 }, (_, i) => ({
      key: `client:${i % 300}`,
      limiter: replicas[Math.floor(i / 300) % 4]!,
    }));
    const accepted = new Map<string, number>();
    await Promise.all(
      asked.map(async ({ key, limiter }) => {
        const { isBlocked } = await limiter.hit(key);
        if (!isBlocked) accepted.set(key, (accepted.get(key) ?? 0) + 1);
      }),
    );
    expect(accepted.size).toBe(300);
    expect(new Set(accepted.values())).toEqual(new Set([10]));
    for (const { failures, breakers } of replicas) expect([failures, breakers]).toEqual([[], []]);
  });

  test('the requests of one turn for one slot share a call', async () => {
    const a = await replica();
    const calls = async (): Promise<number> => {
      const stats = await cluster.ownerOf('{tag}').admin.info('commandstats');
      return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1] ?? 0);
    };
    const before = await calls();
    await Promise.all(Array.from({ length: 30 }, (_, i) => a.hit(`{tag}:${i}`)));
    expect((await calls()) - before).toBe(1);
  });

  test('the count stays exact while slots move, with several keys of one slot in flight', async () => {
    const replicas = await Promise.all([replica(), replica()]);
    const [from, to] = [cluster.ownerOf('{moving}'), cluster.nodes[0]!];
    const target = from === to ? cluster.nodes[1]! : to;
    const keys = Array.from({ length: 6 }, (_, i) => `{moving}:${i}`);
    const accepted = new Map<string, number>(keys.map((key) => [key, 0]));
    const askAll = async (): Promise<void> => {
      await Promise.all(
        replicas.flatMap((limiter) =>
          keys.map(async (key) => {
            const { isBlocked } = await limiter.hit(key);
            if (!isBlocked) accepted.set(key, accepted.get(key)! + 1);
          }),
        ),
      );
    };
    await askAll();
    await cluster.moveSlot(keySlot('{moving}'), from, target, askAll);
    for (let i = 0; i < 5; i++) await askAll();
    expect(replicas.flatMap(({ failures }) => failures)).toEqual([]);
    expect([...accepted.values()]).toEqual(keys.map(() => 10));
    await cluster.moveSlot(keySlot('{moving}'), target, from);
  });

  test('a node that forgot the scripts gets them again', async () => {
    const a = await replica();
    await Promise.all(cluster.primaries.map(({ admin }) => admin.script('FLUSH')));
    expect(await a.accepted(20, 'flushed')).toBe(10);
    expect(a.failures).toEqual([]);
  });

  test('the start loads the scripts on every node, replicas included', async () => {
    await Promise.all(cluster.nodes.map(({ admin }) => admin.script('FLUSH')));
    await replica();
    for (const { admin } of cluster.nodes) {
      const info = await admin.info('memory');
      expect(info).toMatch(/number_of_cached_scripts:4/);
    }
  });

  /** What a replica says at its start, when it knows the node at `port`. */
  const linesOfStart = async (port: number): Promise<readonly string[]> => {
    const redis = parseRedisUrl(`redis+cluster://127.0.0.1:${port}`);
    running.push(await Limiter.start({ redis }));
    return takeLines().filter((line) => /Connected|unavailable/.test(line));
  };

  test('the start tells which primaries do not answer', async () => {
    const patience = (ms: number): Promise<unknown> =>
      Promise.all(
        cluster.nodes.map(({ admin }) => admin.config('SET', 'cluster-node-timeout', ms)),
      );
    const [first, ...silent] = cluster.nodes.map(({ server }) => server);
    // However long this takes on a busy machine, no node is to be called failed meanwhile.
    await patience(60_000);
    for (const server of silent) server.signal('SIGSTOP');
    const lines = await linesOfStart(first!.port);
    for (const server of silent) server.signal('SIGCONT');
    await patience(NODE_TIMEOUT_MS);
    const addresses = silent
      .slice(0, 2)
      .map(({ port }) => `127.0.0.1:${port}`)
      .sort();
    expect(lines).toEqual([expect.stringContaining(`, but not to ${addresses.join(', ')}: check`)]);
  });

  test('the start tells that no node can be reached at the address which the cluster gives', async () => {
    const announced = `--cluster-announce-ip 127.0.0.1 --cluster-announce-port ${await freePort()}`;
    const alone = await RedisServer.start('--cluster-enabled', 'yes', ...announced.split(' '));
    const admin = alone.client();
    await admin.cluster('ADDSLOTS', ...Array.from({ length: 16_384 }, (_, slot) => slot));
    const lines = await linesOfStart(alone.port);
    admin.disconnect();
    await alone.stop();
    expect(lines).toEqual([expect.stringMatching(/^Redis unavailable/)]);
  });

  test('two names for the one window do not meet: a prefix with a hash tag keeps all in one slot', async () => {
    const a = await replica();
    expect(await a.accepted(11, '{app}:predict:60s:requests:192.0.2.1')).toBe(10);
    expect(await a.accepted(11, '{other}:predict:60s:requests:192.0.2.1')).toBe(10);
  });

  test('a single connection to one of its nodes is reported as what it is, for good', async () => {
    const { port } = cluster.nodes[0]!.server;
    const single = { redis: { host: '127.0.0.1', port, tls: false }, limit: 3 };
    const [a, b] = [await replica(single), await replica(single)];
    for (let i = 0; i < 30; i++) {
      for (let k = 0; k < 8; k++) await [a, b][k % 2]!.hit(`client:${i}`);
    }
    expect([a.isDegraded, b.isDegraded]).toEqual([true, true]);
    const lines = takeLines().filter((line) => line.includes('unavailable'));
    expect(lines).toEqual(
      Array(2).fill(expect.stringContaining('(MOVED): it is a node of a Redis Cluster')),
    );
    await sleep(1_500);
    expect([a.isDegraded, b.isDegraded]).toEqual([true, true]);
    expect(takeLines()).toEqual([]);
    expect(a.breakers).toEqual([1]);
    // Whatever owns the key, each process limits for itself.
    expect(await a.accepted(10, 'fresh')).toBe(3);
  });
});
