import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BalancedReplicas } from './support/balanced-replicas';
import { describeWithHaProxy, type HaProxy } from './support/haproxy';
import { Load, predict } from './support/load';
import { RedisServer } from './support/redis-server';

const REPLICAS = ['127.0.5.1', '127.0.5.2', '127.0.5.3'];

describeWithHaProxy('replicas behind the balancer', () => {
  let redis: RedisServer;
  let replicas: BalancedReplicas;
  let balancer: HaProxy;

  beforeAll(async () => {
    redis = await RedisServer.start();
    replicas = await BalancedReplicas.start(REPLICAS, {
      ...redis.env,
      SHUTDOWN_DELAY_SECONDS: '2',
    });
    ({ balancer } = replicas);
  });

  afterAll(async () => {
    await replicas?.stop();
    await redis?.stop();
  });

  test('every client keeps its own address and its own ten, whatever it claims', async () => {
    const agent = new Agent({ keepAlive: true });
    for (const client of ['127.0.7.1', '127.0.7.2']) {
      const statuses = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          predict(balancer.port, client, agent, { 'x-forwarded-for': `203.0.113.${i}` }),
        ),
      );
      expect(statuses.filter((status) => status === 200)).toHaveLength(10);
      expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    }
    agent.destroy();
  });

  test('restarting every replica in turn loses nothing', async () => {
    const load = new Load(balancer.port, 16);
    for (const address of REPLICAS) await replicas.restart(address);
    const statuses = await load.stop();
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
    expect(statuses.get(429)).toBeGreaterThan(1000);
  });

  test('a killed replica loses nothing', async () => {
    const load = new Load(balancer.port, 16);
    await sleep(500);
    await replicas.kill(REPLICAS[0]!);
    await sleep(1500);
    await replicas.add(REPLICAS[0]!);
    const statuses = await load.stop();
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
  });

  test('a replica more and a replica less, found by DNS, lose nothing', async () => {
    const load = new Load(balancer.port, 16);
    await replicas.add('127.0.5.4');
    await replicas.remove('127.0.5.1');
    const statuses = await load.stop();
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
  });

  test('has every metric that the dashboard asks it for', async () => {
    const shown = readFileSync('docker/grafana/dashboards/inferserve.json', 'utf8');
    const names = new Set(shown.match(/haproxy_\w+(?=\{proxy=)/g));
    expect(names.size).toBeGreaterThan(3);
    const url = `http://127.0.0.1:${balancer.metricsPort}/metrics`;
    const metrics = await (await fetch(url)).text();
    expect([...names].filter((name) => !metrics.includes(`${name}{proxy="replicas"`))).toEqual([]);
  });

  test('counts of clients are exact across all of that', async () => {
    const agent = new Agent({ keepAlive: true });
    const statuses = await Promise.all(
      Array.from({ length: 60 }, () => predict(balancer.port, '127.0.8.1', agent)),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    agent.destroy();
  });
});
