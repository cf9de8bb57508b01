import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { matrixSchema, matrixShape, numericArraySchema } from '../artifact/numeric-array';
import { denseVector } from '../vector';
import {
  checkLength,
  matrixOf,
  nullableNumbersOf,
  nullableNumbersSchema,
  numbersOf,
  positionsOf,
} from './checked-values';
import { ownPositions } from './sources';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('impute-iteratively'),
  /** What missing values are at first, by position. */
  fill: numericArraySchema,
  /** The position that each step estimates. */
  columns: numericArraySchema,
  /** One row for each step: the weights of all positions; its own has the weight 0. */
  weights: matrixSchema,
  intercepts: numericArraySchema,
  /** Estimates of each step are cut off here; `null` for no limit. */
  least: nullableNumbersSchema,
  most: nullableNumbersSchema,
  /** The number that means "missing" in the input; without it NaN does. */
  missing: v.optional(v.pipe(v.number(), v.finite())),
  from: v.optional(v.string()),
});

export type ImputeIterativelySpec = v.InferOutput<typeof schema>;

/**
 * Missing values are filled, then estimated one position after the other from all the others by linear models, in as
 * many steps as there were in training (scikit-learn's IterativeImputer). A row without any value stays as it is filled.
 */
export const imputeIteratively: TransformKind<ImputeIterativelySpec> = {
  type: 'impute-iteratively',
  schema,
  compile(spec, { values }, path) {
    const width = values.length;
    const missing = spec.missing ?? Number.NaN;
    const fill = numbersOf(spec.fill, width, `${path}.fill`);
    const columns = positionsOf(spec.columns, width, `${path}.columns`);
    const count = columns.length;
    const weights =
      count === 0 ? new Float64Array(0) : matrixOf(spec.weights, width, `${path}.weights`);
    checkLength(weights.length, count * width, `${path}.weights`);
    const intercepts = numbersOf(spec.intercepts, count, `${path}.intercepts`);
    const least = nullableNumbersOf(spec.least, count, `${path}.least`);
    const most = nullableNumbersOf(spec.most, count, `${path}.most`);
    for (const [i, column] of columns.entries()) {
      if (weights[i * width + column] === 0) continue;
      throw new ArtifactError(
        `${path}.weights[${i}][${column}]`,
        'must be 0: the step estimates it',
      );
    }
    const isMissing = new Uint8Array(width);
    const output = denseVector(width);
    const target = output.values;
    const estimate = (step: number): number => {
      let sum = intercepts[step]!;
      const offset = step * width;
      for (let j = 0; j < width; j++) sum += weights[offset + j]! * target[j]!;
      // A limit that is NaN is none.
      if (sum < least[step]!) return least[step]!;
      return sum > most[step]! ? most[step]! : sum;
    };
    return {
      output,
      sources: () => ownPositions(width),
      run() {
        let found = 0;
        for (let j = 0; j < width; j++) {
          const value = values[j]!;
          const lacks = value === missing || Number.isNaN(value);
          isMissing[j] = Number(lacks);
          target[j] = lacks ? fill[j]! : value;
          found += Number(lacks);
        }
        if (found === 0 || found === width) return;
        for (let step = 0; step < count; step++) {
          const column = columns[step]!;
          if (isMissing[column] === 1) target[column] = estimate(step);
        }
      },
    };
  },
  describe: ({ from, weights }) =>
    `${from ?? 'impute'}: ${matrixShape(weights)?.[0] ?? 0} linear estimates of missing values`,
};
