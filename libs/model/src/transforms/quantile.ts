import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { arrayLength, matrixSchema, numericArraySchema } from '../artifact/numeric-array';
import { denseVector } from '../vector';
import { checkLength, matrixOf, numbersOf } from './checked-values';
import { inverseNormal } from './inverse-normal';
import type { TransformKind } from './transform-kind';
import { ownPositions } from './sources';

/** scikit-learn takes numbers this close to the lowest or highest quantile for it, and clips to match. */
const THRESHOLD = 1e-7;
const LOWEST_NORMAL = inverseNormal(THRESHOLD - Number.EPSILON);
const HIGHEST_NORMAL = inverseNormal(1 - (THRESHOLD - Number.EPSILON));

const schema = v.strictObject({
  type: v.literal('quantile'),
  /** One row of ascending quantiles for each position. */
  quantiles: matrixSchema,
  /** The share of the training rows up to each quantile, ascending from 0 to 1. */
  references: numericArraySchema,
  output: v.picklist(['uniform', 'normal']),
  from: v.optional(v.string()),
});

export type QuantileSpec = v.InferOutput<typeof schema>;

/**
 * The share of the training rows below a number, or the standard normal quantile of that share (scikit-learn's
 * QuantileTransformer). Interpolated from below and from above, so that repeated quantiles give their middle.
 */
export const quantile: TransformKind<QuantileSpec> = {
  type: 'quantile',
  schema,
  compile(spec, { values }, path) {
    const width = values.length;
    const count = arrayLength(spec.references);
    const references = numbersOf(spec.references, count, `${path}.references`);
    const all = matrixOf(spec.quantiles, count, `${path}.quantiles`);
    checkLength(all.length / count, width, `${path}.quantiles`);
    const rows = Array.from({ length: width }, (_, j) => all.subarray(j * count, (j + 1) * count));
    for (const [j, row] of [...rows, references].entries()) {
      const at = j === width ? `${path}.references` : `${path}.quantiles[${j}]`;
      if (!isAscending(row)) throw new ArtifactError(at, 'must be in ascending order');
    }
    const mirroredRows = rows.map(mirror);
    const mirroredReferences = mirror(references);
    const isNormal = spec.output === 'normal';
    const output = denseVector(width);
    const target = output.values;
    const share = (x: number, j: number): number => {
      const row = rows[j]!;
      if (isNormal ? x - THRESHOLD < row[0]! : x === row[0]) return 0;
      if (isNormal ? x + THRESHOLD > row[count - 1]! : x === row[count - 1]) return 1;
      const above = interpolate(-x, mirroredRows[j]!, mirroredReferences);
      return 0.5 * (interpolate(x, row, references) - above);
    };
    return {
      output,
      sources: () => ownPositions(width),
      run() {
        for (let j = 0; j < width; j++) {
          const x = values[j]!;
          if (Number.isNaN(x)) target[j] = x;
          else if (isNormal) target[j] = clipped(inverseNormal(share(x, j)));
          else target[j] = share(x, j);
        }
      },
    };
  },
  describe: ({ from, references, output }) =>
    `${from ?? 'quantile'}: ${arrayLength(references)} quantiles to a ${output} distribution`,
};

function isAscending(numbers: Float64Array): boolean {
  return numbers.every((number, i) => i === 0 || number >= numbers[i - 1]!);
}

function mirror(numbers: Float64Array): Float64Array {
  return numbers.map((number) => -number).toReversed();
}

function clipped(x: number): number {
  return Math.min(Math.max(x, LOWEST_NORMAL), HIGHEST_NORMAL);
}

/** Linear interpolation as numpy.interp does it: constant outside, the last of equal points. */
function interpolate(x: number, points: Float64Array, values: Float64Array): number {
  const last = points.length - 1;
  if (x < points[0]!) return values[0]!;
  if (x >= points[last]!) return values[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]! <= x) low = middle;
    else high = middle;
  }
  if (points[low] === x) return values[low]!;
  const slope = (values[low + 1]! - values[low]!) / (points[low + 1]! - points[low]!);
  return slope * (x - points[low]!) + values[low]!;
}
