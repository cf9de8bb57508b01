import { join } from 'node:path';
import { checkBatch, checkDuties, checkLoad, checkPredictions, untilAnswering } from './checks.mjs';
import { CORES } from './cores.mjs';
import { cpuSeconds, descendants, freePort, start } from './processes.mjs';
import { startRedis } from './redis.mjs';
import { LOADS } from './requests.mjs';

/**
 * Starts a contender with a Redis of its own, and checks that it answers rightly and limits.
 * @returns the running contender, or `{ unavailable: why }`
 */
export async function startContender(contender, { node, app, logs, nodeArgs, models }) {
  const unavailable = contender.unavailable({ app, models });
  if (unavailable) return { unavailable };
  const redis = await startRedis(join(logs, `${contender.id}.redis.log`));
  const port = await freePort();
  const logFile = join(logs, `${contender.id}.log`);
  const { env, ...command } = contender.command({
    node,
    app,
    port,
    redisPort: redis.port,
    nodeArgs,
    models,
  });
  const server = start({
    ...command,
    // Nothing of the environment of the benchmark changes a contender.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', ...env },
    cores: contender.processes > 1 ? CORES.workers : CORES.server,
    logFile,
  });
  const stop = async () => {
    await server.stop();
    await redis.stop();
  };
  try {
    await untilAnswering(server, port);
    const load = models?.[contender.kind]?.load;
    const reason = await check(contender, port, server, logFile, load);
    if (reason === undefined)
      return { contender, port, load, redis, server, pid: server.pid, stop };
    await stop();
    return { unavailable: reason };
  } catch (cause) {
    await stop();
    throw new Error(`${contender.name}: ${cause.message}`, { cause });
  }
}

/** @returns why the contender cannot be measured, if so */
async function check({ processes = 1, kind, also }, port, server, logFile, load) {
  if (processes > 1 && descendants(server.pid).length < processes) {
    return 'it does not start workers';
  }
  if (load || kind.startsWith('oip')) await checkLoad(port, load ?? LOADS[kind]);
  else await checkPredictions(port);
  await checkDuties(also, port, logFile);
  return kind === 'batch' ? checkBatch(port) : undefined;
}

/** One round of load: what it took of the server's CPU time, and what of Redis' and of the generator's. */
export async function measure({ contender, port, load, redis, server, pid }, generator, order) {
  const decisions = await redis.decisions();
  const before = { server: cpuSeconds(pid), redis: cpuSeconds(redis.pid) };
  const sharesCore = contender.processes > 1 && CORES.workers?.split(',').includes(CORES.load);
  // Polling would take the time of a worker that runs on the same core.
  const polls = !sharesCore;
  const round = await generator.round({ port, load, kind: contender.kind, polls, ...order });
  const cpu = cpuSeconds(pid) - before.server;
  const redisCpu = cpuSeconds(redis.pid) - before.redis;
  server.truncateLog();
  return {
    ...round,
    cpuMicros: (cpu / round.count) * 1e6,
    redisMicros: (redisCpu / round.count) * 1e6,
    generatorMicros: (round.generatorCpuSeconds / round.count) * 1e6,
    coresBusy: cpu / round.seconds,
    rate: round.count / round.seconds,
    redisDecisions: ((await redis.decisions()) - decisions) / round.count,
  };
}
