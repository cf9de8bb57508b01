import { readFileSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { settings } from './settings.mjs';

const { columns, classes } = JSON.parse(readFileSync(settings.description, 'utf8'));
const session = await InferenceSession.create(settings.onnx, {
  executionMode: 'sequential',
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
});

export const FEATURES = Object.keys(columns);

/** The class with the largest share, or of two the one on whose side the sum of the trees lies. */
export async function classify(record) {
  const row = Float32Array.from(FEATURES, (name) => record[name]);
  const { Y } = await session.run({ X: new Tensor('float32', row, [1, row.length]) });
  const scores = Y.data;
  if (scores.length === 1) return classes[Number(scores[0] > 0)];
  return classes[scores.indexOf(Math.max(...scores))];
}
