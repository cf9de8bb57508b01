import { createRequire } from 'node:module';
import { join } from 'node:path';
import { treeEnsemble } from './onnx.mjs';

/** A model of `app`'s build, as it is served: columns, predictor, output. */
export function ours(app, trees, model) {
  const require = createRequire(join(app, 'package.json'));
  const { buildTrees, CompiledModel } = require('./dist/libs/model/src/index.js');
  const { features, scores, strict, missing } = model;
  const average = scores > 1;
  const predictor = buildTrees(trees, {
    precision: 'float32',
    comparison: strict ? '<' : '<=',
    missing: missing ? 'allow' : 'reject',
    infinite: 'reject',
    combine: {
      type: 'sum',
      base: Array.from({ length: scores }, () => 0),
      ...(average && { divisor: trees.length }),
      ...(strict && { precision: 'float32' }),
    },
    width: features,
    leafWidth: scores,
  });
  const columns = Array.from({ length: features }, (_, j) => ({ type: 'number', name: `x${j}` }));
  const task = average
    ? {
        task: 'classification',
        classes: Array.from({ length: scores }, (_, k) => k),
        output: { type: 'shares' },
      }
    : { task: 'regression', output: { type: 'identity' } };
  const compiled = new CompiledModel({ columns, pipeline: [], predictor, ...task });
  const answer = average ? () => compiled.probabilities() : () => [compiled.value()];
  return {
    predictor,
    one(row) {
      compiled.readValues(row);
      compiled.run();
      return answer();
    },
    /** All rows, in blocks; the longest block in ms, which is how long the event loop would be held. */
    many(rows, take) {
      let longest = 0;
      for (let start = 0; start < rows.length; start += compiled.blockSize) {
        const count = Math.min(compiled.blockSize, rows.length - start);
        const began = performance.now();
        compiled.scoreBlock(
          count,
          (row) => compiled.readValues(rows[start + row]),
          (row) => take(start + row, answer()),
          () => undefined,
        );
        longest = Math.max(longest, performance.now() - began);
      }
      return longest;
    },
  };
}

/** The loop that one would write first: node arrays as they come, rounding at each node. */
export function obvious(trees, { scores, strict, missing }) {
  return (row) => {
    const sums = Array.from({ length: scores }, () => 0);
    for (const { left, right, feature, threshold, values, missingLeft } of trees) {
      let node = 0;
      while (left[node] >= 0) {
        const x = Math.fround(row[feature[node]]);
        let goesLeft = strict ? x < threshold[node] : x <= threshold[node];
        if (missing && x !== x) goesLeft = missingLeft[node] === 1;
        node = goesLeft ? left[node] : right[node];
      }
      for (let k = 0; k < scores; k++) sums[k] += values[node * scores + k];
    }
    return scores > 1 ? sums.map((sum) => sum / trees.length) : sums;
  };
}

/** Trees with typed arrays instead of lists, as a file gives them. */
export function typed(trees) {
  return trees.map(({ left, right, feature, threshold, values, weight, missingLeft }) => ({
    missingLeft: Uint8Array.from(missingLeft),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(threshold),
    values: Float64Array.from(values),
    weight: Int32Array.from(weight),
  }));
}

/** onnxruntime-node with one thread, or with its own choice of threads. */
export async function onnxruntime(trees, model, { threads }) {
  const { InferenceSession, Tensor } = createRequire(import.meta.url)('onnxruntime-node');
  const { features } = model;
  const file = treeEnsemble(trees, { ...model, average: model.scores > 1 });
  const session = await InferenceSession.create(file, {
    executionMode: 'sequential',
    ...(threads && { intraOpNumThreads: threads, interOpNumThreads: 1 }),
  });
  return async (data, rows) => {
    const { Y } = await session.run({ X: new Tensor('float32', data, [rows, features]) });
    return Y.data;
  };
}
