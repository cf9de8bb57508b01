import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, matrixSchema, matrixShape } from '../artifact/numeric-array';
import { denseVector } from '../vector';
import { introselect } from './introselect';
import { ownPositions } from './sources';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('impute-nearest'),
  /** The training rows, NaN where a value is missing; every column has one that is not. */
  rows: matrixSchema,
  neighbours: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The number that means "missing" in the input; without it NaN does. */
  missing: v.optional(v.pipe(v.number(), v.finite())),
  from: v.optional(v.string()),
});

export type ImputeNearestSpec = v.InferOutput<typeof schema>;

/**
 * A missing value becomes the mean of its column among the nearest training rows that have one (scikit-learn's
 * KNNImputer with uniform weights). Rows are as far apart as their squared differences are on average where both
 * have a value; rows without such a place come last. Of rows at the same distance numpy's choice counts (`introselect`).
 */
export const imputeNearest: TransformKind<ImputeNearestSpec> = {
  type: 'impute-nearest',
  schema,
  compile({ rows: spec, neighbours, missing = Number.NaN }, { values }, path) {
    const width = values.length;
    const rows = rowsOf(spec, width, `${path}.rows`);
    const count = rows.length / width;
    const means = Float64Array.from({ length: width }, (_, j) => meanOf(rows, width, j));
    const distances = new Float64Array(count);
    const keys = new Float64Array(count);
    const nearest = new Int32Array(count);
    const output = denseVector(width);
    const target = output.values;

    const measure = (): void => {
      for (let i = 0, offset = 0; i < count; i++, offset += width) {
        let sum = 0;
        let shared = 0;
        for (let j = 0; j < width; j++) {
          const difference = target[j]! - rows[offset + j]!;
          // A missing value on either side makes it NaN.
          if (difference !== difference) continue;
          sum += difference * difference;
          shared++;
        }
        distances[i] = shared === 0 ? Infinity : sum / shared;
      }
    };
    /** The mean of column `j` in the nearest rows that have it. */
    const impute = (j: number): number => {
      let donors = 0;
      let isNear = false;
      for (let i = 0; i < count; i++) {
        if (Number.isNaN(rows[i * width + j]!)) continue;
        keys[donors] = distances[i]!;
        nearest[donors++] = i;
        isNear ||= distances[i]! < Infinity;
      }
      if (!isNear) return means[j]!;
      const taken = Math.min(neighbours, donors);
      introselect(keys, nearest, donors, taken);
      let sum = 0;
      for (let n = 0; n < taken; n++) sum += rows[nearest[n]! * width + j]!;
      return sum / taken;
    };
    const isMissing = new Uint8Array(width);
    return {
      output,
      sources: () => ownPositions(width),
      run() {
        let isComplete = true;
        for (let j = 0; j < width; j++) {
          const value = values[j]!;
          const lacks = value === missing || Number.isNaN(value);
          isMissing[j] = Number(lacks);
          target[j] = lacks ? Number.NaN : value;
          isComplete &&= !lacks;
        }
        if (isComplete) return;
        measure();
        for (let j = 0; j < width; j++) if (isMissing[j] === 1) target[j] = impute(j);
      },
    };
  },
  describe: ({ from, neighbours, rows }) =>
    `${from ?? 'impute'}: means of ${neighbours} nearest among ${matrixShape(rows)?.[0] ?? 0} training rows for missing values`,
};

function rowsOf(spec: ImputeNearestSpec['rows'], width: number, path: string): Float64Array {
  const shape = matrixShape(spec);
  if (shape?.[1] !== width || shape[0] === 0) {
    throw new ArtifactError(path, `must be rows of ${width} elements each`);
  }
  const rows = float64Values(spec);
  const fault = rows.findIndex((value) => Math.abs(value) === Infinity);
  if (fault >= 0) throw new ArtifactError(`${path}[${fault}]`, 'must be finite or NaN');
  for (let j = 0; j < width; j++) {
    if (Number.isNaN(meanOf(rows, width, j))) {
      throw new ArtifactError(path, `must have a value in column ${j}`);
    }
  }
  return rows;
}

/** The mean of a column where it has values. */
function meanOf(rows: Float64Array, width: number, column: number): number {
  let sum = 0;
  let count = 0;
  for (let at = column; at < rows.length; at += width) {
    if (Number.isNaN(rows[at]!)) continue;
    sum += rows[at]!;
    count++;
  }
  return sum / count;
}
