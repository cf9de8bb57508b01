import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { matrixSchema, matrixShape } from '../artifact/numeric-array';
import { denseVector } from '../vector';
import { BSpline } from './b-spline';
import { checkLength, matrixOf } from './checked-values';
import { blockPositions } from './sources';
import type { TransformKind } from './transform-kind';

const schema = v.strictObject({
  type: v.literal('splines'),
  degree: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(32)),
  /** One row for each position: `degree` knots, those of the range in ascending order, and `degree` more. */
  knots: matrixSchema,
  /** What splines are beyond the range; `error`: the row has no answer. */
  extrapolation: v.picklist(['error', 'constant', 'linear', 'continue', 'periodic']),
  /** Whether the last spline of each position is kept. */
  bias: v.boolean(),
  /** A missing value gives zeros; without it the row has no answer. */
  missingAsZeros: v.optional(v.boolean()),
  from: v.optional(v.string()),
});

export type SplinesSpec = v.InferOutput<typeof schema>;

/** Writes the value of every spline at `x`. */
type Basis = (x: number, row: Float64Array) => void;

/** Each number becomes the values of the B-splines of its position there (scikit-learn's SplineTransformer). */
export const splines: TransformKind<SplinesSpec> = {
  type: 'splines',
  schema,
  compile(spec, { values }, path) {
    const { degree, extrapolation } = spec;
    const width = values.length;
    const length = matrixShape(spec.knots)?.[1] ?? 0;
    const count = length - degree - 1 - (extrapolation === 'periodic' ? degree : 0);
    if (count < degree || length < 2 * degree + 2) {
      throw new ArtifactError(`${path}.knots`, `must have more elements for degree ${degree}`);
    }
    const all = matrixOf(spec.knots, length, `${path}.knots`);
    checkLength(all.length / length, width, `${path}.knots`);
    const bases = Array.from({ length: width }, (_, j) => {
      const knots = all.subarray(j * length, (j + 1) * length);
      for (let i = degree + 1; i < length - degree; i++) {
        if (knots[i]! >= knots[i - 1]!) continue;
        throw new ArtifactError(`${path}.knots[${j}][${i}]`, 'must not be below the one before it');
      }
      return basisOf(spec, new BSpline(knots, degree, count), knots, j, path);
    });
    const kept = spec.bias ? count : count - 1;
    const row = new Float64Array(count);
    const output = denseVector(width * kept);
    const target = output.values;
    const forMissing = spec.missingAsZeros === true ? 0 : Number.NaN;
    return {
      output,
      sources: () => blockPositions(bases.map(() => kept)),
      run() {
        for (let j = 0; j < width; j++) {
          const x = values[j]!;
          if (Number.isNaN(x)) row.fill(forMissing);
          else bases[j]!(x, row);
          for (let i = 0; i < kept; i++) target[j * kept + i] = row[i]!;
        }
      },
    };
  },
  describe: ({ from, degree, knots }) =>
    `${from ?? 'splines'}: ${matrixShape(knots)?.[0] ?? 0} columns to splines of degree ${degree}`,
};

function basisOf(
  { degree, extrapolation }: SplinesSpec,
  spline: BSpline,
  knots: Float64Array,
  column: number,
  path: string,
): Basis {
  const { first, last } = spline;
  const inside: Basis = (x, row) => spline.evaluate(x, 'value', row);
  switch (extrapolation) {
    case 'continue':
      return inside;
    case 'error':
      return (x, row) => {
        if (x < first || x > last) row.fill(Number.NaN);
        else inside(x, row);
      };
    case 'periodic': {
      const period = last - first;
      if (!(period > 0)) {
        throw new ArtifactError(`${path}.knots[${column}]`, 'must span a period above 0');
      }
      return (x, row) => {
        const rest = (x - first) % period;
        inside(first + (rest < 0 ? rest + period : rest), row);
      };
    }
    case 'constant':
      return withEnds(spline, first, last, degree, 'constant');
    case 'linear': {
      // scikit-learn adds 1 to a degree below 2 once for each column that it has done, and counts its limits by that.
      const inset = degree < 2 ? Math.min(degree + column, 2) : degree;
      const [low, high] = [knots[inset], knots[knots.length - inset - 1]];
      const ends = Math.max(inset, Math.min(inset + 1, 2));
      if (low === undefined || high === undefined || ends > spline.count) {
        throw new ArtifactError(
          `${path}.knots[${column}]`,
          'must have more elements to go on linearly',
        );
      }
      return withEnds(spline, low, high, ends, 'linear');
    }
  }
}

/** Below `low` only the first `ends` splines are not 0, above `high` only the last ones: as they are there, or on a line. */
function withEnds(
  spline: BSpline,
  low: number,
  high: number,
  ends: number,
  shape: 'constant' | 'linear',
): Basis {
  const { count } = spline;
  const at = (x: number, what: 'value' | 'slope'): Float64Array => {
    const row = new Float64Array(count);
    if (what === 'value' || shape === 'linear') spline.evaluate(x, what, row);
    return row;
  };
  const [atLow, atHigh] = [at(low, 'value'), at(high, 'value')];
  const [slopeAtLow, slopeAtHigh] = [at(low, 'slope'), at(high, 'slope')];
  return (x, row) => {
    if (low <= x && x <= high) {
      spline.evaluate(x, 'value', row);
      return;
    }
    // Without ends to write, which is degree 0, scikit-learn raises above the range, and leaves zeros below it.
    row.fill(ends === 0 && x > high ? Number.NaN : 0);
    // Low may be above high, see the inset: then the order of these counts.
    for (let i = 0; i < ends; i++) {
      const k = count - 1 - i;
      if (x < low) row[i] = atLow[i]! + (x - low) * slopeAtLow[i]!;
      if (x > high) row[k] = atHigh[k]! + (x - high) * slopeAtHigh[k]!;
    }
  };
}
