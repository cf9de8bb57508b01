import { readFileSync } from 'node:fs';
import { settings } from './settings.mjs';

const artifact = JSON.parse(readFileSync(settings.artifact, 'utf8'));
const [{ center, scale }] = artifact.pipeline;
const { coefficients, intercepts } = artifact.predictor;

export const FEATURES = artifact.columns.map((column) => column.name);
export const LABELS = { model: artifact.name, version: artifact.version };

/** The class with the highest score: the same model that the server under test holds. */
export function classify(record) {
  const row = FEATURES.map((name, j) => (record[name] - center[j]) / scale[j]);
  let best = 0;
  let bestScore = -Infinity;
  for (let k = 0; k < intercepts.length; k++) {
    let score = intercepts[k];
    for (let j = 0; j < row.length; j++) score += coefficients[k][j] * row[j];
    if (score > bestScore) [best, bestScore] = [k, score];
  }
  return artifact.classes[best];
}

/** Whether a body is exactly the features, as finite numbers. */
export function isValid(body) {
  if (typeof body !== 'object' || body === null) return false;
  let count = 0;
  for (const _ in body) count++;
  return count === FEATURES.length && FEATURES.every((name) => Number.isFinite(body[name]));
}
