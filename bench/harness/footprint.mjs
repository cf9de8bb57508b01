import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { measure, startContender } from './contender.mjs';
import { CORES } from './cores.mjs';
import { cpuSeconds, freePort, residentBytes, start } from './processes.mjs';
import { startRedis } from './redis.mjs';
import { spread } from './statistics.mjs';

const READY_MS = 30_000;
const POLL_MS = 2;
const SETTLED_MS = 2000;
const ROUND_MS = 10_000;
const MIB = 1024 ** 2;

/**
 * Milliseconds from the start of the process to its first answer, our server's being the 200 of its readiness probe, CPU
 * milliseconds until then, and resident MiB two seconds later; several times, contender after contender.
 */
export async function measureStarts(contenders, settings, times) {
  const redis = await startRedis(join(settings.logs, 'start.redis.log'));
  const starts = contenders.map(() => []);
  for (let i = 0; i < times; i++) {
    for (const [j, contender] of contenders.entries()) {
      starts[j].push(await measureStart(contender, settings, redis.port));
    }
  }
  await redis.stop();
  const spreadOf = (values, key) => spread(values.map((value) => value[key]));
  return starts.map((values) => ({
    readyMs: spreadOf(values, 'readyMs'),
    cpuMs: spreadOf(values, 'cpuMs'),
    residentMiB: spreadOf(values, 'residentMiB'),
  }));
}

async function measureStart(contender, { node, app, logs }, redisPort) {
  const port = await freePort();
  const command = contender.command({ node, app, port, redisPort });
  const began = performance.now();
  const server = start({ ...command, cores: CORES.server, logFile: join(logs, 'start.log') });
  await untilReady(`http://127.0.0.1:${port}/health/ready`, contender.isOurs, began + READY_MS);
  const readyMs = performance.now() - began;
  const cpuMs = cpuSeconds(server.pid) * 1000;
  await sleep(SETTLED_MS);
  const residentMiB = residentBytes(server.pid).now / MIB;
  await server.stop();
  return { readyMs, cpuMs, residentMiB };
}

async function untilReady(url, hasProbe, deadline) {
  while (performance.now() < deadline) {
    const response = await fetch(url, { headers: { connection: 'close' } }).catch(() => undefined);
    await response?.text();
    if (response?.status === 200 || (response && !hasProbe)) return;
    await sleep(POLL_MS);
  }
  throw new Error(`${url} does not answer with 200`);
}

/** Resident MiB at the start, and after at least so many requests. */
export async function memoryAfter(contender, settings, generator, { requests, connections }) {
  const started = await startContender(contender, settings);
  const atStart = residentBytes(started.pid).now;
  let count = 0;
  while (count < requests) {
    const round = await measure(started, generator, { connections, durationMs: ROUND_MS });
    count += round.count;
  }
  const { now, peak } = residentBytes(started.pid);
  await started.stop();
  const mebibytes = (bytes) => Number((bytes / MIB).toFixed(1));
  return {
    requests: count,
    startMiB: mebibytes(atStart),
    endMiB: mebibytes(now),
    peakMiB: mebibytes(peak),
  };
}
