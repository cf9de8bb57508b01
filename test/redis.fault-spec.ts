import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { type Answer, ApiProcess } from './support/api-process';
import { describeWithRedis, RedisServer } from './support/redis-server';
import { TcpProxy } from './support/tcp-proxy';

interface Stage {
  readonly redis: RedisServer;
  readonly proxy: TcpProxy;
  /** A client of the test's own, beside the proxy. */
  readonly admin: Redis;
}

interface Fault {
  readonly name: string;
  /** What the log says of it, once. */
  readonly log?: RegExp;
  inject(stage: Stage): unknown;
  heal(stage: Stage): unknown;
}

/** Every answer within this: 100 ms for the limiter's decision, the rest for a busy machine. */
const WORST_MS = 250;
const FAULT_MS = 1_200;

const FAULTS: readonly Fault[] = [
  {
    name: 'SIGKILL, later a restart',
    log: /cannot be reached/,
    inject: ({ redis }) => redis.kill(),
    heal: ({ redis }) => redis.boot(),
  },
  {
    name: 'SIGSTOP, later SIGCONT',
    log: /does not answer in time/,
    inject: ({ redis }) => redis.signal('SIGSTOP'),
    heal: ({ redis }) => redis.signal('SIGCONT'),
  },
  {
    name: 'CLIENT PAUSE',
    log: /does not answer in time/,
    inject: ({ admin }) => admin.client('PAUSE', FAULT_MS, 'ALL'),
    heal: () => undefined,
  },
  {
    name: 'network delays by 300 ms',
    log: /does not answer in time/,
    inject: ({ proxy }) => proxy.set('delay'),
    heal: ({ proxy }) => proxy.set('forward'),
  },
  {
    name: 'network swallows everything',
    log: /does not answer in time/,
    inject: ({ proxy }) => proxy.set('blackhole'),
    heal: ({ proxy }) => proxy.set('forward'),
  },
  {
    name: 'network resets connections',
    log: /cannot be reached/,
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
    name: 'SCRIPT FLUSH',
    inject: ({ admin }) => admin.script('FLUSH'),
    heal: () => undefined,
  },
  {
    name: 'password changed',
    log: /refuses the credentials/,
    inject: async ({ admin }) => {
      await admin.config('SET', 'requirepass', 'another-secret');
      await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
    heal: ({ admin }) => admin.config('SET', 'requirepass', ''),
  },
  {
    name: 'READONLY replica',
    log: /does not accept writes/,
    inject: ({ admin }) => admin.replicaof('127.0.0.1', '1'),
    heal: ({ admin }) => admin.replicaof('NO', 'ONE'),
  },
  {
    name: 'out of memory',
    log: /out of memory/,
    inject: ({ admin }) => admin.config('SET', 'maxmemory', '1'),
    heal: ({ admin }) => admin.config('SET', 'maxmemory', '0'),
  },
  {
    name: 'NOPERM',
    log: /may not run the script/,
    inject: ({ admin }) => admin.call('ACL', 'SETUSER', 'default', '-eval', '-evalsha'),
    heal: ({ admin }) => admin.call('ACL', 'SETUSER', 'default', '+eval', '+evalsha'),
  },
];

describeWithRedis('Redis fails', () => {
  const table: string[] = [];
  let stage: Stage;
  let api: ApiProcess;
  let clients = 0;

  const start = async (variables: Record<string, string> = {}): Promise<void> => {
    const redis = await RedisServer.start();
    const proxy = await TcpProxy.start(redis.port);
    stage = { redis, proxy, admin: redis.client({ maxRetriesPerRequest: null }) };
    api = await ApiProcess.start({
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: String(proxy.port),
      TRUST_PROXY: '1',
      ...variables,
    });
  };
  afterEach(async () => {
    await ApiProcess.stopAll();
    stage.admin.disconnect();
    await stage.proxy.stop();
    await stage.redis.stop();
  });
  afterAll(() => {
    const head = '| fault | requests | statuses | worst | recovery |\n|---|---|---|---|---|';
    process.stdout.write(`\n${head}\n${table.join('\n')}\n\n`);
  });

  const from = (client: string): Promise<Answer> => api.predict({ 'x-forwarded-for': client });
  const newClient = (): string => `10.1.${Math.floor(++clients / 250)}.${(clients % 250) + 1}`;
  const many = (count: number, client: () => string): Promise<Answer[]> =>
    Promise.all(Array.from({ length: count }, () => from(client())));
  const accepted = (answers: readonly Answer[]): number =>
    answers.filter(({ status }) => status === 200).length;

  /** Requests of ever new clients, five at a time, for `ms`. */
  const trickle = async (ms: number): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (const until = Date.now() + ms; Date.now() < until;) {
      answers.push(...(await many(5, newClient)));
      await sleep(10);
    }
    return answers;
  };

  /** Milliseconds until readiness no longer says degraded. */
  const recovery = async (): Promise<number> => {
    const started = performance.now();
    while (performance.now() - started < 10_000) {
      const { text } = await api.get('/health/ready');
      if (text.includes('"degraded":false')) return performance.now() - started;
      await sleep(20);
    }
    throw new Error(`not recovered after ten seconds:\n${api.log}`);
  };

  const linesWith = (pattern: RegExp): number =>
    api.log.split('\n').filter((line) => pattern.test(line)).length;

  test.each(FAULTS)(
    '$name: quick answers, no 5xx, no fresh allowance, exact afterwards',
    async (fault) => {
      await start();
      const spent = newClient();
      expect(accepted(await many(15, () => spent))).toBe(10);
      const halfSpent = newClient();
      expect(accepted(await many(3, () => halfSpent))).toBe(3);

      await fault.inject(stage);
      const during = await trickle(FAULT_MS);
      expect(accepted(during)).toBe(during.length);
      expect((await from(spent)).status).toBe(429);
      expect(accepted(await many(3, () => halfSpent))).toBe(3);

      await fault.heal(stage);
      const recoveredMs = await recovery();
      const all = [...during, ...(await trickle(200))];
      const worstMs = Math.max(...all.map(({ ms }) => ms));
      expect(accepted(all)).toBe(all.length);
      expect(worstMs).toBeLessThan(WORST_MS);
      // What was accepted in the outage still counts, and a new client gets ten, not one more.
      expect(accepted(await many(20, () => halfSpent))).toBe(4);
      const fresh = newClient();
      expect(accepted(await many(40, () => fresh))).toBe(10);
      expect((await from(spent)).status).toBe(429);

      if (fault.log) await api.printed(fault.log);
      if (fault.log) expect(linesWith(fault.log)).toBe(1);
      expect(linesWith(/Redis cannot decide/)).toBeLessThanOrEqual(2);
      const worst = `${Math.round(worstMs)} ms`;
      table.push(
        `| ${fault.name} | ${all.length} | 200 | ${worst} | ${Math.round(recoveredMs)} ms |`,
      );
    },
    30_000,
  );

  test('under "open" requests pass, under "closed" they get 503 and the probe says so', async () => {
    await start({ RATE_LIMIT_ON_REDIS_FAILURE: 'open' });
    await stage.redis.kill();
    const open = newClient();
    expect(accepted(await many(30, () => open))).toBe(30);
    expect((await api.get('/health/ready')).status).toBe(200);
    await api.stop();

    api = await ApiProcess.start({
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: String(stage.proxy.port),
      RATE_LIMIT_ON_REDIS_FAILURE: 'closed',
    });
    const refused = await api.predict();
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(JSON.parse(refused.text)).toEqual({
      detail: 'The rate limiter is unavailable. Please try again shortly.',
    });
    const ready = await api.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text)).toMatchObject({ detail: 'Not ready: rateLimit' });
    expect((await api.get('/health/live')).status).toBe(200);
  }, 30_000);

  test('a start without Redis serves at once, and uses it when it appears', async () => {
    await start();
    await api.stop();
    await stage.redis.kill();
    api = await ApiProcess.start({ REDIS_HOST: '127.0.0.1', REDIS_PORT: String(stage.redis.port) });
    expect((await api.predict()).status).toBe(200);
    expect((await api.get('/health/ready')).text).toContain('"degraded":true');
    await stage.redis.boot();
    expect(await recovery()).toBeLessThan(5_000);
    await api.printed(/Redis decides again/);
  }, 40_000);

  test('a wrong password is said once, without the password', async () => {
    await start();
    await api.stop();
    await stage.admin.config('SET', 'requirepass', 'the-right-one');
    api = await ApiProcess.start({
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: String(stage.redis.port),
      REDIS_PASSWORD: 'the-wrong-one',
    });
    await trickle(1_000);
    expect(linesWith(/refuses the credentials: see REDIS_USERNAME and REDIS_PASSWORD/)).toBe(1);
    expect(api.log).not.toContain('the-wrong-one');
  }, 40_000);
});
