import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { keySlot } from '../libs/rate-limit/src/key-slot';
import { BalancedReplicas } from './support/balanced-replicas';
import { describeWithHaProxy, type HaProxy } from './support/haproxy';
import { Load, predict } from './support/load';
import { RedisCluster } from './support/redis-cluster';

const REPLICAS = ['127.0.6.1', '127.0.6.2', '127.0.6.3', '127.0.6.4'];
const CLIENTS = 300;
const LIMIT = 10;
/** Of a machine that has nothing else to do; here two cores run everything, the clients included. */
const SLOWEST_MS = 150;
const PATIENCE = 4;

/** The key under which the limiter counts a client. */
const keyOf = (client: string) => `ratelimit:predict:60s:requests:${client}`;

jest.setTimeout(180_000);

describeWithHaProxy('four replicas behind the balancer, with a Redis Cluster', () => {
  let cluster: RedisCluster;
  let replicas: BalancedReplicas;
  let balancer: HaProxy;

  beforeAll(async () => {
    cluster = await RedisCluster.start();
    replicas = await BalancedReplicas.start(REPLICAS, {
      REDIS_URL: cluster.url,
      SHUTDOWN_DELAY_SECONDS: '1',
    });
    ({ balancer } = replicas);
    // The first requests of a process are its slowest: a decision that misses its deadline is not shared.
    await ask(freshNet(), 4);
  });

  afterAll(async () => {
    await replicas?.stop();
    await cluster?.stop();
  });

  let lastNet = 100;
  /** Clients that nobody has heard of, also when a test is tried again. */
  const freshNet = (): number => (lastNet += 4);

  /** All clients of 127.0.`net`.x ask `each` times, so many at once; how often each was answered with 200, and the slowest answer. */
  const ask = async (
    net: number,
    each: number,
    clients = CLIENTS,
  ): Promise<{ accepted: number[]; others: number[]; slowestMs: number }> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const others: number[] = [];
    let slowestMs = 0;
    const one = async (client: string): Promise<number> => {
      const started = performance.now();
      const status = await predict(balancer.port, client, agent);
      slowestMs = Math.max(slowestMs, performance.now() - started);
      if (status !== 200 && status !== 429) others.push(status);
      return status === 200 ? 1 : 0;
    };
    const accepted = await Promise.all(
      Array.from({ length: clients }, async (_, i) => {
        const client = addressOf(net, i);
        let count = 0;
        for (let k = 0; k < each; k++) count += await one(client);
        return count;
      }),
    );
    agent.destroy();
    return { accepted, others, slowestMs };
  };

  test('each of 300 clients at once gets exactly ten', async () => {
    const { accepted, others } = await ask(freshNet(), LIMIT + 3);
    expect(others).toEqual([]);
    expect(accepted).toEqual(Array(CLIENTS).fill(LIMIT));
  });

  test('also while slots move', async () => {
    const net = freshNet();
    const moving = Array.from({ length: 60 }, (_, i) => keySlot(keyOf(addressOf(net, i))));
    const [from, to] = [cluster.primaries[0]!, cluster.primaries[1]!];
    const slots = [...new Set(moving)].filter((slot) => slot < Math.ceil(16_384 / 3));
    expect(slots.length).toBeGreaterThan(5);
    const asking = ask(net, LIMIT + 3);
    for (const slot of slots) await cluster.moveSlot(slot, from, to);
    const { accepted, others } = await asking;
    expect(others).toEqual([]);
    expect(accepted).toEqual(Array(CLIENTS).fill(LIMIT));
    for (const slot of slots) await cluster.moveSlot(slot, to, from);
  });

  test('a primary is killed: no 5xx, no long wait, exact afterwards', async () => {
    // Half of what they may have; a replica of the shard knows of it after the failover.
    const before = await ask(40, LIMIT / 2, 60);
    expect(before.accepted).toEqual(Array(60).fill(LIMIT / 2));
    await sleep(200);
    let requests = 0;
    const load = new Load(balancer.port, 8, () => addressOf(256, (requests += 1)));
    await sleep(500);
    await cluster.primaries[0]!.server.kill();
    await sleep(8_000);
    const statuses = await load.stop();
    process.stderr.write(
      `slowest of ${requests} answers around the failover: ${load.slowestMs.toFixed(0)} ms\n`,
    );
    // Each of them another client, which no other test has used, so that it was for Redis to decide.
    expect([...statuses]).toEqual([[200, requests]]);
    expect(requests).toBeGreaterThan(1_000);
    expect(load.slowestMs).toBeLessThan(SLOWEST_MS * PATIENCE);
    const after = await ask(40, LIMIT, 60);
    expect(after.others).toEqual([]);
    expect(after.accepted).toEqual(Array(60).fill(LIMIT / 2));
    expect((await ask(50, LIMIT + 2)).accepted).toEqual(Array(CLIENTS).fill(LIMIT));
  });

  test('20 rolling restarts under load lose nothing', async () => {
    const load = new Load(balancer.port, 8);
    for (let restart = 0; restart < 20; restart++) {
      expect(await replicas.restart(REPLICAS[restart % REPLICAS.length]!)).toBe(0);
    }
    const statuses = await load.stop();
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
    expect(statuses.get(429)).toBeGreaterThan(1_000);
  });
});

function addressOf(net: number, i: number): string {
  const all = net + Math.floor(i / 250);
  return `127.${all >> 8}.${all & 255}.${(i % 250) + 1}`;
}
