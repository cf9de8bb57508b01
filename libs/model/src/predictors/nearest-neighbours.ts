import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import {
  float64Values,
  matrixSchema,
  matrixShape,
  numericArraySchema,
} from '../artifact/numeric-array';
import { distanceTo, metricSchema } from './distances';
import { NearestRows } from './nearest-rows';
import type { PredictorKind } from './predictor-kind';

const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

const schema = v.strictObject({
  type: v.literal('nearest-neighbours'),
  /** The training rows. */
  rows: matrixSchema,
  /** The class index of each row, or its number in a regression. */
  targets: numericArraySchema,
  /** Absent for regression. */
  classCount: v.optional(v.pipe(positive, v.minValue(2), v.maxValue(10_000))),
  neighbours: positive,
  metric: metricSchema,
  /** `distance`: each neighbour counts with the inverse of its distance, or alone where that is 0. */
  weights: v.picklist(['uniform', 'distance']),
});

export type NearestNeighboursSpec = v.InferOutput<typeof schema>;

/**
 * The share of each class among the nearest training rows, or the mean of their numbers. Of rows at the same
 * distance the one with the lowest number is nearer.
 */
export const nearestNeighbours: PredictorKind<NearestNeighboursSpec> = {
  type: 'nearest-neighbours',
  schema,
  compile(spec, input, path) {
    const width = input.values.length;
    const rows = float64Values(spec.rows);
    const targets = float64Values(spec.targets);
    checkRows(spec, targets, width, path);
    const { neighbours, classCount } = spec;
    const distance = distanceTo(spec.metric, input, rows);
    const nearest = new NearestRows(neighbours);
    const weights = new Float64Array(neighbours).fill(1);
    const scores = new Float64Array(classCount ?? 1);

    const weigh = (): void => {
      let isAtOne = false;
      for (let i = 0; i < neighbours; i++) {
        weights[i] = 1 / distance.full(nearest.distances[i]!);
        isAtOne ||= weights[i] === Infinity;
      }
      if (!isAtOne) return;
      for (let i = 0; i < neighbours; i++) weights[i] = weights[i] === Infinity ? 1 : 0;
    };
    return {
      scores,
      run() {
        nearest.clear();
        for (let i = 0; i < targets.length; i++) nearest.offer(i, distance.reduced(i * width));
        nearest.sort();
        if (nearest.distances[neighbours - 1] === Infinity) {
          scores.fill(Number.NaN);
          return;
        }
        if (spec.weights === 'distance') weigh();
        scores.fill(0);
        let sum = 0;
        for (let i = 0; i < neighbours; i++) {
          const target = targets[nearest.rows[i]!]!;
          const weight = weights[i]!;
          sum += weight;
          if (classCount === undefined) scores[0] = scores[0]! + weight * target;
          else scores[target] = scores[target]! + weight;
        }
        for (let k = 0; k < scores.length; k++) scores[k] = scores[k]! / sum;
      },
    };
  },
  describe: ({ neighbours, rows, metric }) =>
    `${neighbours} nearest of ${matrixShape(rows)?.[0] ?? 0} training rows, ${metric.name} distance`,
};

function checkRows(
  { rows, neighbours, classCount }: NearestNeighboursSpec,
  targets: Float64Array,
  width: number,
  path: string,
): void {
  const shape = matrixShape(rows);
  if (shape?.[0] !== targets.length || shape[1] !== width) {
    throw new ArtifactError(
      `${path}.rows`,
      `must be one row for each of the ${targets.length} targets, with ${width} elements each`,
    );
  }
  if (neighbours > targets.length) {
    throw new ArtifactError(`${path}.neighbours`, `must be at most ${targets.length}, the rows`);
  }
  const isTarget = (target: number): boolean =>
    classCount === undefined
      ? Number.isFinite(target)
      : Number.isInteger(target) && target >= 0 && target < classCount;
  if (!targets.every(isTarget)) {
    const wanted = classCount === undefined ? 'finite numbers' : 'indices of classes';
    throw new ArtifactError(`${path}.targets`, `must be ${wanted}`);
  }
}
