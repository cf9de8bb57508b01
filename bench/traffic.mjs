// What comparing the traffic with the baseline of the model costs: CPU time of a request with and without a baseline.
// npm run build && node bench/traffic.mjs [--rounds 15] [--kind ours-batch]
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTENDERS } from './contenders.mjs';
import { measure, startContender } from './harness/contender.mjs';
import { leaveServerCore } from './harness/cores.mjs';
import { startGenerator } from './harness/load.mjs';
import { only, readOptions } from './harness/options.mjs';
import { temporaryFolder } from './harness/processes.mjs';

const WARM_UP_MS = 3000;
const { rounds, duration, node, app, connections, kind } = readOptions({
  rounds: { type: 'string', default: '15' },
  duration: { type: 'string', default: '1' },
  kind: { type: 'string', default: 'ours' },
});

const logs = temporaryFolder();
const [counting] = only(CONTENDERS, kind);
const plain = { ...counting, id: `${kind}-without`, command: withoutBaseline(counting.command) };
leaveServerCore();
const generator = startGenerator(logs);
const started = await Promise.all(
  [counting, plain].map((each) => startContender(each, { node, app, logs })),
);
const ratios = [];
const micros = started.map(() => []);
try {
  for (const { unavailable } of started) if (unavailable) throw new Error(unavailable);
  for (const each of started) await cpuMicros(each, WARM_UP_MS);
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [0, 1] : [1, 0];
    for (const i of order) micros[i].push(await cpuMicros(started[i], duration * 1000));
    ratios.push(micros[0].at(-1) / micros[1].at(-1));
  }
} finally {
  await Promise.all([...started.map(({ stop }) => stop?.()), generator.stop()]);
}

const [withBaseline, without] = micros.map(median);
process.stdout.write(
  `CPU µs a request: ${withBaseline.toFixed(1)} with a baseline, ${without.toFixed(1)} without ` +
    `(medians of ${rounds} rounds). Median of the ratios ${median(ratios).toFixed(3)}.\n`,
);

async function cpuMicros(contender, durationMs) {
  return (await measure(contender, generator, { connections, durationMs })).cpuMicros;
}

/** The command of a contender that serves the same model without its baseline. */
function withoutBaseline(command) {
  const artifact = JSON.parse(readFileSync(join(app, 'artifacts/iris/1/model.json'), 'utf8'));
  const { baseline: _, contentHash: __, ...content } = artifact;
  const digest = createHash('sha256').update(canonical(content)).digest('hex');
  const folder = join(logs, 'iris', '1');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'model.json'),
    JSON.stringify({ ...content, contentHash: `sha256:${digest}` }),
  );
  return (options) => {
    const { env, ...rest } = command(options);
    return { ...rest, env: { ...env, ARTIFACTS_DIR: logs } };
  };
}

/** JSON with sorted keys (RFC 8785). */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
