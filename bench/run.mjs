import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTENDERS } from './contenders.mjs';
import { LIMIT, WINDOW_SECONDS } from './harness/commands.mjs';
import { CLIENTS_AT_ONCE, REQUESTS_PER_CLIENT } from './harness/client-addresses.mjs';
import { leaveServerCore } from './harness/cores.mjs';
import { measureStarts, memoryAfter } from './harness/footprint.mjs';
import { startGenerator } from './harness/load.mjs';
import { describeMachine } from './harness/machine.mjs';
import { BENCH, only, readOptions, ROOT } from './harness/options.mjs';
import { temporaryFolder } from './harness/processes.mjs';
import { Progress } from './harness/progress.mjs';
import { countSteps, measureContenders, OPEN_LOOP_SHARE } from './rounds.mjs';
import { prepareModels } from './models/prepare.mjs';
import { report } from './report/report.mjs';
import { targets } from './report/targets.mjs';

const RESULTS = join(BENCH, 'results.json');
const TABLE = join(BENCH, 'results.md');
/** Whose starts are measured, ours first. */
const STARTED = ['ours', 'fastify-one-line', 'nest', 'python'];
/** Load of a machine on which nothing else runs. */
const CALM = 0.5;
const PAGE = join(ROOT, 'docs/performance.md');
/** What stands between these in the page comes from the run. */
const [BEGIN, END] = ['<!-- from the benchmark -->', '<!-- end -->'];
const PICTURE = join(ROOT, 'images/benchmark.png');

const options = readOptions({
  quick: { type: 'boolean', default: false },
  rounds: { type: 'string', default: '6' },
  duration: { type: 'string', default: '2' },
  requests: { type: 'string', default: '1000000' },
  starts: { type: 'string', default: '5' },
  only: { type: 'string' },
  json: { type: 'string' },
  'render-only': { type: 'boolean', default: false },
});

if (options['render-only']) {
  await publish(JSON.parse(readFileSync(options.json ?? RESULTS, 'utf8')));
} else {
  const results = await run();
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
  // Only a whole run replaces what the README shows.
  if (options.quick || options.only) process.stdout.write(`${report(results)}\n`);
  else await publish(results);
}

async function run() {
  const contenders = only(CONTENDERS, options.only);
  const { node, app, connections, quick } = options;
  const rounds = quick ? 3 : options.rounds;
  const durationMs = quick ? 1500 : options.duration * 1000;
  const logs = temporaryFolder();
  const progress = new Progress(countSteps(contenders, rounds));
  leaveServerCore();
  const machine = describeMachine(node);
  if (machine.loadBefore > CALM) {
    progress.note(
      `The machine is busy (load ${machine.loadBefore}): take nothing of this for final.`,
    );
  }
  try {
    const needsModels = contenders.some(({ needsModels: needs }) => needs);
    const models = needsModels ? prepareModels(temporaryFolder(), { node, app }) : undefined;
    const settings = { node, app, logs, connections, rounds, durationMs, models };
    const measured = await measureContenders(contenders, settings, progress);
    const footprint = contenders.some(({ id }) => id === 'ours')
      ? await measureFootprint(settings, progress)
      : undefined;
    return {
      date: new Date().toISOString().slice(0, 10),
      machine,
      settings: {
        rounds,
        secondsPerRound: durationMs / 1000,
        connections,
        openLoopShare: OPEN_LOOP_SHARE,
        limit: LIMIT,
        windowSeconds: WINDOW_SECONDS,
        clientsAtOnce: CLIENTS_AT_ONCE,
        requestsPerClient: REQUESTS_PER_CLIENT,
      },
      versions: versions(),
      ...measured,
      footprint,
    };
  } finally {
    progress.end();
  }
}

async function measureFootprint(settings, progress) {
  const ours = CONTENDERS.find(({ id }) => id === 'ours');
  const { starts, requests, quick } = options;
  progress.step('time to ready');
  const started = STARTED.map((id) => CONTENDERS.find((each) => each.id === id)).filter(
    (each) => each.unavailable(settings) === undefined,
  );
  const measured = await measureStarts(started, settings, quick ? 2 : starts);
  const [{ readyMs, residentMiB }] = measured;
  progress.step('memory');
  const generator = startGenerator(settings.logs);
  try {
    const load = { requests: quick ? 50_000 : requests, connections: settings.connections };
    const memory = await memoryAfter(ours, settings, generator, load);
    const beside = measured.map((each, i) => ({ name: started[i].name, ...each }));
    return { readyMs, residentMiB, starts: beside, memory };
  } finally {
    await generator.stop();
  }
}

function versions() {
  const { dependencies } = JSON.parse(readFileSync(join(BENCH, 'package.json'), 'utf8'));
  return dependencies;
}

async function publish(results) {
  const text = report(results);
  // Development dependencies of the root, which a run that publishes nothing does without.
  const { drawChart } = await import('./report/chart.mjs');
  const { format, resolveConfig } = await import('prettier');
  const page = readFileSync(PAGE, 'utf8');
  const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  const after = page.slice(page.indexOf(END));
  for (const [path, content] of [
    [RESULTS, JSON.stringify(results)],
    [TABLE, text],
    [PAGE, `${before}\n\n${targets(results)}\n\n${after}`],
  ]) {
    const config = await resolveConfig(path);
    writeFileSync(path, await format(content, { ...config, filepath: path }));
  }
  writeFileSync(PICTURE, await drawChart(results));
  process.stdout.write(`${text}\n`);
}
