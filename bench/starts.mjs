import { CONTENDERS } from './contenders.mjs';
import { leaveServerCore } from './harness/cores.mjs';
import { measureStarts } from './harness/footprint.mjs';
import { only, readOptions } from './harness/options.mjs';
import { temporaryFolder } from './harness/processes.mjs';

const options = readOptions({
  starts: { type: 'string', default: '11' },
  only: { type: 'string', default: 'floor,ours,ours-memory' },
});

leaveServerCore();
const contenders = only(CONTENDERS, options.only).filter((each) => !each.unavailable(options));
const settings = { ...options, logs: temporaryFolder() };
const measured = await measureStarts(contenders, settings, options.starts);
process.stdout.write('start | first answer, ms | CPU, ms | resident, MiB (median, least)\n');
for (const [i, { readyMs, cpuMs, residentMiB }] of measured.entries()) {
  const cells = [readyMs, cpuMs, residentMiB].map(
    ({ median, values }) => `${Math.round(median)}, ${Math.round(Math.min(...values))}`,
  );
  process.stdout.write(`${[contenders[i].id, ...cells].join(' | ')}\n`);
}
