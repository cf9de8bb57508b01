import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, ApiProcess } from './support/api-process';
import { reportTable } from './support/doc-table';
import { describeWithRedis } from './support/redis-server';
import { type RedisProgram, REDIS_PROGRAMS } from './support/redis-servers';
import { FAULTS, type Fault, type FaultStage, startStage } from './support/redis-faults';

/** Every answer within this: 100 ms for the limiter's decision, the rest for a busy machine. */
const WORST_MS = 250;
const FAULT_MS = 1_200;

const outcomes = new Map<string, Map<string, string>>();

describe.each(REDIS_PROGRAMS)('$name fails', (program) => {
  faultCases(program);
});
describeWithRedis('the outages', () => {
  test('are all in the table', () => {
    const rows = FAULTS.map(({ name }) => [
      name,
      ...REDIS_PROGRAMS.map((program) => outcomes.get(name)?.get(program.name) ?? 'not measured'),
    ]);
    reportTable('docs/operations.md', 'outages', [
      ['Fault', ...REDIS_PROGRAMS.map(({ name }) => name)],
      ...rows,
    ]);
    expect(outcomes.size).toBe(FAULTS.length);
  });
});

function faultCases(program: RedisProgram): void {
  let stage: FaultStage;
  let api: ApiProcess;
  let clients = 0;

  const start = async (variables: Record<string, string> = {}): Promise<void> => {
    stage = await startStage(program);
    api = await ApiProcess.start({
      REDIS_HOST: '127.0.0.1',
      REDIS_PORT: String(stage.proxy.port),
      TRUST_PROXY: '1',
      ...variables,
    });
  };
  afterEach(async () => {
    await ApiProcess.stopAll();
    await stage.stop();
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

  const applicable = FAULTS.filter(({ since = 0 }) => program.major >= since);
  const skipped = FAULTS.filter((fault) => !applicable.includes(fault));
  for (const { name } of skipped) outcomes.set(name, outcomes.get(name) ?? new Map());

  test.each(applicable)(
    '$name: quick answers, no 5xx, no fresh allowance, exact afterwards',
    async (fault: Fault) => {
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

      await fault.heal?.(stage);
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
      // A replica that was not there knows all of it, for it is in Redis.
      const other = await ApiProcess.start({
        REDIS_HOST: '127.0.0.1',
        REDIS_PORT: String(stage.proxy.port),
        TRUST_PROXY: '1',
      });
      for (const client of [fresh, ...(fault.losesData ? [] : [spent, halfSpent])]) {
        expect((await other.predict({ 'x-forwarded-for': client })).status).toBe(429);
      }

      if (fault.log) await api.printed(fault.log);
      if (fault.log) expect(linesWith(fault.log)).toBe(1);
      expect(linesWith(/Redis unavailable/)).toBeLessThanOrEqual(2);
      const row = outcomes.get(fault.name) ?? new Map<string, string>();
      row.set(program.name, `${Math.round(worstMs)} ms, ${Math.round(recoveredMs)} ms`);
      outcomes.set(fault.name, row);
    },
    40_000,
  );

  test('under "open" requests pass, under "closed" they get 503 and the probe says so', async () => {
    await start({ RATE_LIMIT_ON_REDIS_FAILURE: 'open' });
    await stage.redis.kill();
    while (!(await api.get('/health/ready')).text.includes('"degraded":true')) await sleep(10);
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
    await api.printed(/Redis recovered/);
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
    expect(linesWith(/refuses the credentials: check REDIS_USERNAME and REDIS_PASSWORD/)).toBe(1);
    expect(api.log).not.toContain('the-wrong-one');
  }, 40_000);
}
