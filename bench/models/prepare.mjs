import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../harness/processes.mjs';
import { treeEnsemble } from '../trees/onnx.mjs';

export const PYTHON = '/usr/bin/python3';
const FIT = fileURLToPath(new URL('fit.py', import.meta.url));
/** The files that `inferserve import` reads, and what it has to be told. */
const IMPORTS = {
  forest: ['forest.joblib', '--no-scaler'],
  xgboost: ['xgboost-model.json', '--no-scaler'],
  mixed: ['mixed.joblib'],
};

/**
 * Fits the models of other kinds into `folder`: for scikit-learn and XGBoost, imported for InferServe, and the trees
 * as ONNX; `undefined` where Python or a library is not installed.
 */
export function prepareModels(folder, { node, app }) {
  if (run(PYTHON, [FIT, folder]) === undefined) return undefined;
  const models = {};
  for (const [id, [file, ...options]] of Object.entries(IMPORTS)) {
    const { rows, expected, columns, classes, trees, strict } = read(join(folder, `${id}.json`));
    const text = run(node, [
      join(app, 'dist/inferserve.js'),
      'import',
      join(folder, file),
      '--name',
      id,
      '--artifacts-dir',
      join(folder, 'artifacts'),
      ...options,
    ]);
    if (text === undefined) throw new Error(`inferserve import does not take ${file}`);
    if (trees) {
      const scores = classes.length > 2 ? classes.length : 1;
      const features = Object.keys(columns).length;
      const shape = { features, scores, strict, average: scores > 1, missing: Boolean(strict) };
      writeFileSync(join(folder, `${id}.onnx`), treeEnsemble(trees, shape));
    }
    models[id] = {
      folder,
      load: {
        path: '/predict',
        bodies: rows.map((row) => JSON.stringify(row)),
        expected: expected.map((label) => `"predicted_class":${JSON.stringify(label)}`),
        status: 200,
        tolerated: 0,
        manyClients: true,
      },
    };
  }
  return models;
}

function read(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
