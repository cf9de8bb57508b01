import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { measure, startContender } from './contender.mjs';
import { CORES } from './cores.mjs';
import { freePort, residentBytes, start } from './processes.mjs';
import { startRedis } from './redis.mjs';
import { spread } from './statistics.mjs';

const READY_MS = 30_000;
const POLL_MS = 2;
const ROUND_MS = 10_000;
const MIB = 1024 ** 2;

/** Milliseconds from the start of the process to the first 200 of its readiness probe, several times. */
export async function timeToReady(contender, { node, app, logs }, times) {
  const redis = await startRedis(join(logs, 'start.redis.log'));
  const values = [];
  for (let i = 0; i < times; i++) {
    const port = await freePort();
    const command = contender.command({ node, app, port, redisPort: redis.port });
    const began = performance.now();
    const server = start({ ...command, cores: CORES.server, logFile: join(logs, 'start.log') });
    await untilReady(`http://127.0.0.1:${port}/health/ready`, began + READY_MS);
    values.push(performance.now() - began);
    await server.stop();
  }
  await redis.stop();
  return spread(values);
}

async function untilReady(url, deadline) {
  while (performance.now() < deadline) {
    const response = await fetch(url, { headers: { connection: 'close' } }).catch(() => undefined);
    await response?.text();
    if (response?.status === 200) return;
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
