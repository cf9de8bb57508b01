import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiProcess } from './support/api-process';
import { DnsServer } from './support/dns-server';
import { freePort } from './support/free-port';
import { describeWithHaProxy, HaProxy } from './support/haproxy';
import { Load, predict } from './support/load';
import { RedisServer } from './support/redis-server';

describeWithHaProxy('replicas behind the balancer', () => {
  let redis: RedisServer;
  let dns: DnsServer;
  let balancer: HaProxy;
  let port: number;
  const replicas = new Map<string, ApiProcess>();

  const start = async (address: string): Promise<void> => {
    const api = await ApiProcess.start({
      ...redis.env,
      HOST: address,
      PORT: String(port),
      TRUST_PROXY: '1',
      SHUTDOWN_DELAY_SECONDS: '2',
    });
    replicas.set(address, api);
    dns.addresses = [...replicas.keys()];
  };

  beforeAll(async () => {
    redis = await RedisServer.start();
    dns = await DnsServer.start();
    port = await freePort();
    for (const address of ['127.0.5.1', '127.0.5.2', '127.0.5.3']) await start(address);
    balancer = await HaProxy.start(port, dns.port);
    await balancer.serves(3);
  });

  afterAll(async () => {
    await balancer?.stop();
    await ApiProcess.stopAll();
    dns?.stop();
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
    for (const [address, api] of Array.from(replicas)) {
      api.signal('SIGTERM');
      await api.exited();
      await start(address);
      await balancer.serves(3);
    }
    const statuses = await load.stop();
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
    expect(statuses.get(429)).toBeGreaterThan(1000);
  });

  test('a killed replica loses nothing', async () => {
    const load = new Load(balancer.port, 16);
    await sleep(500);
    const [[address, api]] = replicas as unknown as [[string, ApiProcess]];
    api.signal('SIGKILL');
    await api.exited();
    await sleep(1500);
    await start(address);
    await balancer.serves(3);
    const statuses = await load.stop();
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
  });

  test('a replica more and a replica less, found by DNS, lose nothing', async () => {
    const load = new Load(balancer.port, 16);
    await start('127.0.5.4');
    await balancer.serves(4);
    const leaving = replicas.get('127.0.5.1')!;
    replicas.delete('127.0.5.1');
    dns.addresses = [...replicas.keys()];
    leaving.signal('SIGTERM');
    await leaving.exited();
    await balancer.serves(3);
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
