import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, ApiProcess } from './support/api-process';
import {
  collectedMemory,
  COLLECTS_ON_SIGNAL,
  type Memory,
  openFiles,
  residentMb,
} from './support/process-state';
import { describeWithRedis, RedisServer } from './support/redis-server';

/** How long the load lasts after the warm-up; the long form is 600. */
// oxlint-disable-next-line node/no-process-env -- how long is a matter of the run, not of the code
const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 12);
const WARM_UP_MS = 4_000;
const CONNECTIONS = 32;
/** Connections of clients that ask as fast as they can. */
const GREEDY = 4;
const CLIENTS = 4_000;
const LIMIT = 10;
const WINDOW_MS = 2_000;
/** Between the clocks of Redis and of the process, and between sending and deciding. */
const CLOCK_SLACK_MS = 5;
const MAX_USED_GROWTH_MB = 8;
const MAX_RESIDENT_GROWTH_MB = 40;
const MAX_MORE_FILES = 4;

jest.setTimeout((SECONDS + 90) * 1000);

interface Accepted {
  readonly sentMs: number;
  readonly answeredMs: number;
}

describeWithRedis('a soak at full load, with faults', () => {
  let redis: RedisServer;
  let api: ApiProcess;
  beforeAll(async () => {
    redis = await RedisServer.start();
    api = await ApiProcess.start(
      {
        ...redis.env,
        TRUST_PROXY: '1',
        RATE_LIMIT: String(LIMIT),
        RATE_LIMIT_WINDOW_SECONDS: String(WINDOW_MS / 1000),
      },
      // Else the young generation of Node 24 grows for a minute, by more than a leak would show.
      [...COLLECTS_ON_SIGNAL, '--max-semi-space-size=4'],
    );
  });
  afterAll(async () => {
    await api.stop();
    await redis.stop();
  });

  const statuses = new Map<number, number>();
  let failures = 0;
  let asked = 0;
  let worstMs = 0;

  const ask = async (client: string): Promise<Answer | undefined> => {
    asked += 1;
    try {
      const answer = await api.predict({ 'x-forwarded-for': client });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      worstMs = Math.max(worstMs, answer.ms);
      return answer;
    } catch {
      failures += 1;
      return undefined;
    }
  };

  /** A closed loop on each connection; resolves to what the greedy clients got. */
  function load(until: () => boolean): Promise<Accepted[][]> {
    let next = 0;
    const greedy = Array.from({ length: GREEDY }, async (_, k) => {
      const accepted: Accepted[] = [];
      while (!until()) {
        const sentMs = performance.now();
        const answer = await ask(`192.0.2.${k + 1}`);
        if (answer?.status === 200) accepted.push({ sentMs, answeredMs: performance.now() });
      }
      return accepted;
    });
    const others = Array.from({ length: CONNECTIONS - GREEDY }, async () => {
      while (!until()) {
        next = (next + 1) % CLIENTS;
        await ask(`10.0.${next >> 8}.${next & 255}`);
      }
      return [];
    });
    return Promise.all([...greedy, ...others]);
  }

  const table: string[] = [];
  const startedMs = performance.now();
  let lastAsked = 0;
  let lastMs = startedMs;
  function sample(event: string): void {
    const nowMs = performance.now();
    const rate = Math.round(((asked - lastAsked) * 1000) / (nowMs - lastMs));
    [lastAsked, lastMs] = [asked, nowMs];
    const seconds = Math.round((nowMs - startedMs) / 1000);
    table.push(
      `| ${seconds} | ${event} | ${rate} | ${Math.round(residentMb(api.pid))} | ${openFiles(api.pid)} |`,
    );
    // An hour of lines is no business of this test's memory.
    api.output.splice(0);
  }

  async function faults(untilMs: number): Promise<void> {
    const pauseMs = Math.max(1_500, (SECONDS * 1000) / 40);
    while (performance.now() < untilMs) {
      await sleep(pauseMs);
      redis.signal('SIGSTOP');
      await sleep(1_000);
      sample('Redis stopped');
      redis.signal('SIGCONT');
      await sleep(pauseMs);
      sample('continued');
      await redis.kill();
      await sleep(1_000);
      sample('Redis killed');
      await redis.boot();
      await sleep(1_000);
      sample('started anew');
    }
  }

  const rest = async (): Promise<{ memory: Memory; files: number }> => {
    await sleep(500);
    return { memory: await collectedMemory(api), files: openFiles(api.pid) };
  };

  test('memory and file descriptors stay flat, no answer is a 5xx, the limit is exact', async () => {
    const warmUntil = performance.now() + WARM_UP_MS;
    await load(() => performance.now() > warmUntil);
    const before = await rest();
    sample('warm, at rest');

    const untilMs = performance.now() + SECONDS * 1000;
    let over = false;
    const [greedy] = await Promise.all([
      load(() => over),
      faults(untilMs).finally(() => (over = true)),
    ]);
    const after = await rest();
    sample('at rest again');
    const growthMb = {
      used: Math.round((after.memory.used - before.memory.used) * 10) / 10,
      resident: Math.round(after.memory.resident - before.memory.resident),
    };
    process.stdout.write(
      `\n| second | event | requests/s | RSS in MB | files |\n|---|---|---|---|---|\n${table.join('\n')}\n\n` +
        `soak: ${JSON.stringify({ asked, failures, statuses: Object.fromEntries(statuses), worstMs: Math.round(worstMs), growthMb })}\n`,
    );

    expect(failures).toBe(0);
    expect([...statuses.keys()].sort()).toEqual([200, 429]);
    expect(growthMb.used).toBeLessThan(MAX_USED_GROWTH_MB);
    expect(growthMb.resident).toBeLessThan(MAX_RESIDENT_GROWTH_MB);
    expect(after.files).toBeLessThanOrEqual(before.files + MAX_MORE_FILES);

    for (const accepted of greedy.slice(0, GREEDY)) {
      // Each was decided between its sending and its answer: what is too near even so is one too many.
      for (let i = LIMIT; i < accepted.length; i++) {
        const spanMs = accepted[i]!.answeredMs - accepted[i - LIMIT]!.sentMs;
        expect(spanMs).toBeGreaterThanOrEqual(WINDOW_MS - CLOCK_SLACK_MS);
      }
      // And nobody got less: a window after the other was used up, but for those that a fault delayed.
      expect(accepted.length).toBeGreaterThan((SECONDS * 1000 * LIMIT) / WINDOW_MS / 2);
    }
    await sleep(WINDOW_MS);
    const atOnce = await Promise.all(Array.from({ length: 40 }, () => ask('198.51.100.1')));
    expect(atOnce.filter((answer) => answer?.status === 200)).toHaveLength(LIMIT);
    expect((await api.get('/health/ready')).text).toContain('"degraded":false');
  });
});
