import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { float64Values, numericArraySchema } from '../artifact/numeric-array';

const finite = v.pipe(v.number(), v.finite());

/** What turns one score into a probability. */
export const calibratorSchema = v.variant('type', [
  /** Platt: `1/(1 + exp(a·score + b))`. */
  v.strictObject({ type: v.literal('sigmoid'), a: finite, b: finite }),
  /** Straight lines between points of ascending `x`; the outermost `y` beyond them. */
  v.strictObject({ type: v.literal('isotonic'), x: numericArraySchema, y: numericArraySchema }),
]);

export type CalibratorSpec = v.InferOutput<typeof calibratorSchema>;

/** @throws ArtifactError under `path` where the points are not a function */
export function calibrator(spec: CalibratorSpec, path: string): (score: number) => number {
  if (spec.type === 'sigmoid') return (score) => 1 / (1 + Math.exp(spec.a * score + spec.b));
  const x = float64Values(spec.x);
  const y = float64Values(spec.y);
  if (x.length === 0 || x.length !== y.length) {
    throw new ArtifactError(path, 'must have as many x as y, and at least one');
  }
  if (x.some((value, i) => i > 0 && !(value > x[i - 1]!))) {
    throw new ArtifactError(`${path}.x`, 'must ascend');
  }
  return (score) => interpolate(x, y, score);
}

function interpolate(x: Float64Array, y: Float64Array, score: number): number {
  const last = x.length - 1;
  if (score <= x[0]!) return y[0]!;
  if (score >= x[last]!) return y[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= score) low = middle;
    else high = middle;
  }
  const slope = (y[high]! - y[low]!) / (x[high]! - x[low]!);
  return slope * (score - x[low]!) + y[low]!;
}
