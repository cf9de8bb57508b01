import { measure, startContender } from './harness/contender.mjs';
import { startGenerator } from './harness/load.mjs';
import { spread } from './harness/statistics.mjs';
import { startYardstick } from './harness/yardstick.mjs';

const WARM_UP_MS = 2000;
const BATCH_CONNECTIONS = 4;
const YARDSTICK_MS = 1000;
const PERCENTILES = ['p50', 'p90', 'p99', 'p99.9'];

/** Share of its own saturation rate at which the latency of a contender is measured. */
export const OPEN_LOOP_SHARE = 0.7;

/** Whose rate at that share these are measured at as well: the same load for all of them. */
const PACEMAKER = 'fastify';
const PACED = ['ours', 'fastify'];

/** Steps that `measureContenders` reports. */
export function countSteps(contenders, rounds) {
  const paced = contenders.some(({ id }) => id === PACEMAKER) ? PACED : [];
  return contenders.reduce(
    (sum, { id, closedLoopOnly }) =>
      sum + 2 + ((closedLoopOnly ? 1 : 2) + (paced.includes(id) ? 1 : 0)) * rounds,
    0,
  );
}

/**
 * Starts the contenders, which then run all the time, and loads one after the other, round after round,
 * each round in another order: what disturbs the machine for a while disturbs all of them.
 */
export async function measureContenders(contenders, settings, progress) {
  const { rounds, durationMs, logs } = settings;
  const generator = startGenerator(logs);
  const yardstick = startYardstick(settings);
  const runs = [];
  const parseMicros = [];
  try {
    for (const contender of contenders) {
      progress.step('start and check', contender.name);
      const started = await startContender(contender, settings);
      if (started.unavailable) progress.note(`${contender.name}: ${started.unavailable}`);
      runs.push({ contender, ...started, closed: [], open: [], paced: [] });
    }
    for (const run of runs) {
      progress.step('warm up', run.contender.name);
      const order = { connections: connectionsOf(run, settings), durationMs: WARM_UP_MS };
      await attempt(run, progress, () => measure(run, generator, order));
    }
    for (let round = 0; round < rounds; round++) {
      const stage = `round ${round + 1} of ${rounds}`;
      for (const run of rotated(runs, round)) {
        await attempt(run, progress, () => oneRound(run, generator, settings, progress, stage));
      }
      await atOneRate(runs, generator, settings, progress, stage);
      if (runs.some(({ contender }) => contender.kind === 'batch')) {
        parseMicros.push(await yardstick.micros(Math.min(YARDSTICK_MS, durationMs)));
      }
    }
  } finally {
    await Promise.all(runs.map((run) => run.stop?.()));
    await generator.stop();
    await yardstick.stop();
  }
  return {
    contenders: runs.map(result),
    jsonParseMicros: parseMicros.length > 0 ? spread(parseMicros) : undefined,
  };
}

async function oneRound(run, generator, settings, progress, stage) {
  const { durationMs } = settings;
  const connections = connectionsOf(run, settings);
  progress.step(stage, `${run.contender.name}, saturated`);
  const closed = await measure(run, generator, { connections, durationMs });
  run.closed.push(closed);
  if (run.contender.closedLoopOnly) return;
  progress.step(stage, `${run.contender.name}, at ${OPEN_LOOP_SHARE * 100} %`);
  const rate = closed.rate * OPEN_LOOP_SHARE;
  const open = await measure(run, generator, { connections, durationMs, rate });
  run.open.push(open);
}

async function atOneRate(runs, generator, settings, progress, stage) {
  const pace = runs.find(({ contender }) => contender.id === PACEMAKER)?.closed.at(-1)?.rate;
  if (pace === undefined) return;
  const rate = pace * OPEN_LOOP_SHARE;
  for (const run of runs.filter(({ contender }) => PACED.includes(contender.id))) {
    progress.step(stage, `${run.contender.name}, at ${Math.round(rate)} requests a second`);
    const order = { connections: connectionsOf(run, settings), durationMs: settings.durationMs };
    await attempt(run, progress, async () => {
      run.paced.push(await measure(run, generator, { ...order, rate }));
    });
  }
}

/** A contender that gives wrong answers is out, and the others go on. */
async function attempt(run, progress, action) {
  if (run.unavailable) return;
  try {
    await action();
  } catch (error) {
    run.unavailable = error.message;
    progress.note(`${run.contender.name}: ${error.message}`);
  }
}

function connectionsOf({ contender }, { connections }) {
  return contender.kind === 'batch' ? BATCH_CONNECTIONS : connections;
}

function rotated(list, by) {
  const from = by % list.length;
  return [...list.slice(from), ...list.slice(0, from)];
}

function result({ contender, unavailable, closed, open, paced }) {
  const { id, name, also, kind, processes = 1 } = contender;
  const head = { id, name, kind, processes, also };
  if (unavailable) return { ...head, unavailable };
  const at70Percent = open.length > 0 ? summary(open) : undefined;
  const atOneRate = paced.length > 0 ? summary(paced) : undefined;
  return { ...head, saturated: summary(closed), at70Percent, atOneRate };
}

function summary(measured) {
  const of = (pick) => spread(measured.map(pick));
  return {
    requests: measured.reduce((sum, { count }) => sum + count, 0),
    cpuMicros: of(({ cpuMicros }) => cpuMicros),
    rate: of(({ rate }) => rate),
    coresBusy: of(({ coresBusy }) => coresBusy),
    redisMicros: of(({ redisMicros }) => redisMicros),
    redisDecisions: of(({ redisDecisions }) => redisDecisions),
    generatorMicros: of(({ generatorMicros }) => generatorMicros),
    latencyMs: Object.fromEntries(
      PERCENTILES.map((percentile) => [percentile, of(({ latencyMs }) => latencyMs[percentile])]),
    ),
  };
}
