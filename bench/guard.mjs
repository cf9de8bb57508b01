import { CONTENDERS } from './contenders.mjs';
import { measure, startContender } from './harness/contender.mjs';
import { leaveServerCore } from './harness/cores.mjs';
import { measureStarts } from './harness/footprint.mjs';
import { startGenerator } from './harness/load.mjs';
import { only, readOptions } from './harness/options.mjs';
import { temporaryFolder } from './harness/processes.mjs';

const WARM_UP_MS = 2000;
const { bound, ready, resident, starts, rounds, duration, node, app, connections } = readOptions({
  bound: { type: 'string', default: '2' },
  ready: { type: 'string', default: '900' },
  resident: { type: 'string', default: '125' },
  starts: { type: 'string', default: '5' },
  rounds: { type: 'string', default: '5' },
  duration: { type: 'string', default: '1.5' },
});

const logs = temporaryFolder();
leaveServerCore();
const generator = startGenerator(logs);
const [floor, ours] = await Promise.all(
  only(CONTENDERS, 'floor,ours').map((each) => startContender(each, { node, app, logs })),
);
const micros = { floor: Infinity, ours: Infinity };
try {
  for (const { unavailable } of [floor, ours]) if (unavailable) throw new Error(unavailable);
  for (const each of [floor, ours]) await cpuMicros(each, WARM_UP_MS);
  for (let round = 0; round < rounds; round++) {
    for (const each of round % 2 === 0 ? [floor, ours] : [ours, floor]) {
      const { id } = each.contender;
      // Whatever else runs on the machine only adds: the cheapest round is the least disturbed.
      micros[id] = Math.min(micros[id], await cpuMicros(each, duration * 1000));
    }
  }
} finally {
  await Promise.all([floor.stop?.(), ours.stop?.(), generator.stop()]);
}

const ratio = micros.ours / micros.floor;
process.stdout.write(
  `CPU µs a request: ${micros.ours.toFixed(1)}, the bare floor ${micros.floor.toFixed(1)} ` +
    `(the best of ${rounds} rounds). Ratio ${ratio.toFixed(2)}, allowed ${bound}.\n`,
);
if (ratio > bound) {
  process.stdout.write('A request costs more than it may: see bench/README.md for the profile.\n');
  process.exitCode = 1;
}

const [started] = await measureStarts([ours.contender], { node, app, logs }, starts);
const readyMs = Math.min(...started.readyMs.values);
const residentMiB = Math.min(...started.residentMiB.values);
process.stdout.write(
  `Ready after ${Math.round(readyMs)} ms, allowed ${ready}; resident then ${Math.round(residentMiB)} MiB, ` +
    `allowed ${resident} (the best of ${starts} starts).\n`,
);
if (readyMs > ready || residentMiB > resident) {
  process.stdout.write(
    'A start costs more than it may: see docs/performance.md, "Start and memory".\n',
  );
  process.exitCode = 1;
}

async function cpuMicros(contender, durationMs) {
  return (await measure(contender, generator, { connections, durationMs })).cpuMicros;
}
