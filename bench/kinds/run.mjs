import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { readOptions } from '../harness/options.mjs';
import { temporaryFolder } from '../harness/processes.mjs';
import { median } from '../harness/statistics.mjs';

const ROWS = 100;
/** One pass over the rows takes less than the clock of the process can tell apart. */
const PASSES = 20;
const { app, rounds, python } = readOptions({
  rounds: { type: 'string', default: '7' },
  python: { type: 'string', default: 'python3' },
});
const require = createRequire(join(app, 'package.json'));
const { importModel } = require('./dist/libs/model-import/src/index.js');
const { compileArtifact } = require('./dist/libs/model/src/index.js');

const script = fileURLToPath(new URL('original.py', import.meta.url));
const original = spawn(python, [script, temporaryFolder(), String(ROWS)], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
process.once('exit', () => original.kill());
const lines = createInterface({ input: original.stdout })[Symbol.asyncIterator]();

const kinds = [];
let library = await answer();
for (; !library.ready; library = await answer()) kinds.push(prepare(library));

// Interleaved: the machine drifts, and both drift with it.
for (let round = 0; round < rounds; round++) {
  for (const kind of kinds) {
    kind.own.push(time(kind.score, PASSES) / PASSES);
    original.stdin.write(`${kind.id}\n`);
    kind.library.push((await answer()).ms);
  }
}
original.stdin.end();

const print = (first, ...cells) =>
  process.stdout.write(
    `${first.padEnd(24)}${cells.map((cell) => String(cell).padStart(14)).join('')}\n`,
  );
print('one row, µs of CPU', 'InferServe', library.ready.split(' ')[0], 'ratio', 'difference');
const perRow = (list) => (median(list) * 1000) / ROWS;
for (const { id, own, library: theirs, difference } of kinds) {
  print(
    id,
    perRow(own).toFixed(2),
    perRow(theirs).toFixed(0),
    (perRow(theirs) / perRow(own)).toFixed(0),
    difference.toExponential(1),
  );
}
process.stdout.write(`${library.ready}, Node ${process.versions.node}\n`);

async function answer() {
  const { value, done } = await lines.next();
  if (done) throw new Error(`${python} ended: does it have scikit-learn, pandas and joblib?`);
  return JSON.parse(value);
}

/** The imported model, compared with its library and warm. */
function prepare({ id, file, rows, expected }) {
  const { artifact } = importModel({
    file: { name: `${id}.joblib`, bytes: readFileSync(file) },
    scaler: 'none',
    name: 'kind',
    version: '1',
    importer: 'bench',
  });
  const model = compileArtifact(artifact);
  const one = (row) => {
    if (!model.readValues(row)) throw new Error(`${id}: a row does not fit the columns`);
    model.run();
    return model.probabilities();
  };
  let difference = 0;
  rows.forEach((row, i) =>
    one(row).forEach((probability, k) => {
      difference = Math.max(difference, Math.abs(probability - expected[i][k]));
    }),
  );
  const score = () => rows.forEach(one);
  time(score, 3 * PASSES);
  return { id, difference, score, own: [], library: [] };
}

/** CPU time of this process in ms: what else runs on the machine does not count. */
function time(run, passes) {
  const start = process.cpuUsage();
  for (let pass = 0; pass < passes; pass++) run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
