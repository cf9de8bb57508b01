import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTENDERS } from './contenders.mjs';
import { measure, startContender } from './harness/contender.mjs';
import { leaveServerCore } from './harness/cores.mjs';
import { startGenerator } from './harness/load.mjs';
import { only, readOptions } from './harness/options.mjs';
import { temporaryFolder } from './harness/processes.mjs';
import { selfTime, timeOfAll } from './report/profile-table.mjs';

const WARM_UP_MS = 3000;
const BATCH_CONNECTIONS = 4;
const options = readOptions({
  only: { type: 'string', default: 'ours' },
  duration: { type: 'string', default: '10' },
  top: { type: 'string', default: '30' },
  interval: { type: 'string', default: '250' },
});
const [contender] = only(CONTENDERS, options.only);
const folder = temporaryFolder();
leaveServerCore();
const generator = startGenerator(folder);
try {
  await profile();
} finally {
  await generator.stop();
}

/** Loads a contender that V8 samples, and tells where its CPU time goes. */
async function profile() {
  const { node, app, duration, interval } = options;
  const connections = contender.kind === 'batch' ? BATCH_CONNECTIONS : options.connections;
  const sampling = [`--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${interval}`];
  const nodeArgs = ['--cpu-prof', ...sampling];
  const started = await startContender(contender, { node, app, logs: folder, nodeArgs });
  if (started.unavailable) throw new Error(started.unavailable);
  await measure(started, generator, { connections, durationMs: WARM_UP_MS });
  const from = monotonicMicros();
  const result = await measure(started, generator, { connections, durationMs: duration * 1000 });
  const to = monotonicMicros();
  await started.stop();

  const file = readdirSync(folder).find((name) => name.endsWith('.cpuprofile'));
  if (file === undefined) throw new Error(`${contender.name} leaves no profile`);
  const samples = samplesBetween(JSON.parse(readFileSync(join(folder, file), 'utf8')), from, to);
  print(
    `${contender.name}: ${result.cpuMicros.toFixed(1)} µs of CPU a request while it is sampled ` +
      `(every ${interval} µs; ${result.count} requests, ${samples.length} samples)`,
  );
  for (const [title, rows] of [
    ...selfTime(samples, app),
    ['Time with all that is called, by function', timeOfAll(samples, app)],
  ]) {
    printTable(title, rows, result.cpuMicros);
  }
}

/** The clock of V8's profiles. */
function monotonicMicros() {
  return Number(process.hrtime.bigint() / 1000n);
}

/** The stacks that were sampled, innermost frame first; those of an idle process are left out. */
function samplesBetween({ nodes, samples, timeDeltas, startTime }, from, to) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((c) => [c, id])));
  const stacks = new Map(
    nodes.map(({ id }) => {
      const stack = [];
      for (let at = id; at !== undefined; at = parents.get(at)) stack.push(frames.get(at));
      return [id, stack];
    }),
  );
  let time = startTime;
  return samples
    .filter((_, i) => {
      time += timeDeltas[i];
      return time >= from && time <= to;
    })
    .map((id) => stacks.get(id))
    .filter(([{ functionName }]) => functionName !== '(idle)');
}

function printTable(title, rows, cpuMicros) {
  print(`\n${title}\n`);
  for (const [key, share] of rows.slice(0, options.top)) {
    const micros = (share * cpuMicros).toFixed(2).padStart(8);
    const percent = (share * 100).toFixed(1).padStart(6);
    print(`${micros} µs ${percent} %  ${key}`);
  }
}

function print(text) {
  process.stdout.write(`${text}\n`);
}
