import { only, readOptions } from '../harness/options.mjs';
import { median } from '../harness/statistics.mjs';
import { obvious, onnxruntime, ours, typed } from './contenders.mjs';
import { grow, MODELS, randomRows } from './models.mjs';

const ROWS = 1000;
const {
  app,
  rounds,
  only: ids,
} = readOptions({
  rounds: { type: 'string', default: '9' },
  only: { type: 'string' },
});

const print = (...cells) =>
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(13)).join('')}\n`);
print('one row, µs', 'InferServe', 'obvious', 'onnxruntime', 'ratio', 'build, ms', 'difference');
const batches = [];
for (const model of only(MODELS, ids)) {
  const trees = typed(grow(model));
  const nodes = trees.reduce((sum, { left }) => sum + left.length, 0);
  const began = performance.now();
  const own = ours(app, trees, model);
  const buildMs = performance.now() - began;
  const plain = obvious(trees, model);
  const peer = await onnxruntime(trees, model, { threads: 1 });
  const rows = randomRows(ROWS, model.features, 99);
  const single = rows.map((row) => Float32Array.from(row));
  const all = Float32Array.from(rows.flatMap((row) => [...row]));

  let difference = 0;
  const expected = await peer(all, ROWS);
  rows.forEach((row, i) => {
    own.one(row).forEach((score, k) => {
      difference = Math.max(difference, Math.abs(score - expected[i * model.scores + k]));
    });
  });

  for (let warm = 0; warm < 5; warm++) {
    for (const row of rows) own.one(row);
    for (const row of rows) plain(row);
    own.many(rows, () => undefined);
  }
  const times = { own: [], plain: [], peer: [], ownMany: [], peerMany: [], longest: [] };
  // Interleaved: the machine drifts, and all of them drift with it.
  for (let round = 0; round < rounds; round++) {
    times.own.push(time(() => rows.forEach((row) => own.one(row))));
    times.plain.push(time(() => rows.forEach((row) => plain(row))));
    const start = cpuMs();
    for (const row of single) await peer(row, 1);
    times.peer.push(cpuMs() - start);
    times.ownMany.push(time(() => times.longest.push(own.many(rows, () => undefined))));
    const startMany = cpuMs();
    await peer(all, ROWS);
    times.peerMany.push(cpuMs() - startMany);
  }
  const perRow = (list) => (median(list) * 1000) / ROWS;
  print(
    model.id,
    perRow(times.own).toFixed(1),
    perRow(times.plain).toFixed(1),
    perRow(times.peer).toFixed(1),
    (perRow(times.peer) / perRow(times.own)).toFixed(1),
    buildMs.toFixed(0),
    difference.toExponential(1),
  );
  batches.push([
    model.id,
    median(times.ownMany).toFixed(1),
    median(times.peerMany).toFixed(1),
    (median(times.peerMany) / median(times.ownMany)).toFixed(1),
    median(times.longest).toFixed(1),
    nodes,
  ]);
}
print('1000 rows, ms', 'InferServe', 'onnxruntime', 'ratio', 'longest block', 'nodes');
for (const batch of batches) print(...batch);

function time(run) {
  const start = cpuMs();
  run();
  return cpuMs() - start;
}

/** CPU time of this process in ms: what else runs on the machine does not count. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
