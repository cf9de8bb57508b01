import { CONTENDERS } from './contenders.mjs';
import { measure, startContender } from './harness/contender.mjs';
import { leaveServerCore } from './harness/cores.mjs';
import { measureStarts } from './harness/footprint.mjs';
import { startGenerator } from './harness/load.mjs';
import { only, readOptions } from './harness/options.mjs';
import { temporaryFolder } from './harness/processes.mjs';

const WARM_UP_MS = 1500;
const FLOOR = 'floor';
const { bound, ready, resident, starts, rounds, duration, node, app, connections, ...options } =
  readOptions({
    bound: { type: 'string', default: '2' },
    'oip-bound': { type: 'string', default: '3' },
    ready: { type: 'string', default: '1000' },
    'ready-cpu': { type: 'string', default: '450' },
    resident: { type: 'string', default: '108' },
    starts: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '5' },
    duration: { type: 'string', default: '1' },
  });
/** What is watched: its cost beside the floor's that is allowed. */
const BOUNDS = { ours: bound, 'ours-oip-json': options['oip-bound'] };

const logs = temporaryFolder();
leaveServerCore();
const generator = startGenerator(logs);
const contenders = only(CONTENDERS, [FLOOR, ...Object.keys(BOUNDS)].join());
const running = await Promise.all(
  contenders.map((each) => startContender(each, { node, app, logs })),
);
const micros = Object.fromEntries(contenders.map(({ id }) => [id, Infinity]));
try {
  for (const { unavailable } of running) if (unavailable) throw new Error(unavailable);
  for (const each of running) await cpuMicros(each, WARM_UP_MS);
  for (let round = 0; round < rounds; round++) {
    for (const each of round % 2 === 0 ? running : running.toReversed()) {
      const { id } = each.contender;
      // Whatever else runs on the machine only adds: the cheapest round is the least disturbed.
      micros[id] = Math.min(micros[id], await cpuMicros(each, duration * 1000));
    }
  }
} finally {
  await Promise.all([...running, generator].map((each) => each.stop?.()));
}

process.stdout.write(
  `CPU µs a request, the best of ${rounds} rounds: the bare floor ${micros[FLOOR].toFixed(1)}\n`,
);
for (const [id, allowed] of Object.entries(BOUNDS)) {
  const { name } = contenders.find((each) => each.id === id);
  const ratio = micros[id] / micros[FLOOR];
  process.stdout.write(
    `${name} ${micros[id].toFixed(1)}, ratio ${ratio.toFixed(2)}, allowed ${allowed}\n`,
  );
  if (ratio <= allowed) continue;
  process.stdout.write('A request costs more than it may: see bench/README.md for the profile.\n');
  process.exitCode = 1;
}

const [started] = await measureStarts(only(CONTENDERS, 'ours'), { node, app, logs }, starts);
const least = ({ values }) => Math.min(...values);
for (const [what, measured, allowed] of [
  ['Ready after, ms', least(started.readyMs), ready],
  ['CPU time until then, ms', least(started.cpuMs), options['ready-cpu']],
  ['resident then, MiB', least(started.residentMiB), resident],
]) {
  process.stdout.write(
    `${what}: ${Math.round(measured)}, allowed ${allowed} (the best of ${starts} starts)\n`,
  );
  if (measured <= allowed) continue;
  process.stdout.write(
    'A start costs more than it may: see docs/performance.md, "Start and memory".\n',
  );
  process.exitCode = 1;
}

async function cpuMicros(contender, durationMs) {
  return (await measure(contender, generator, { connections, durationMs })).cpuMicros;
}
