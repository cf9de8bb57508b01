import type { Estimator } from '../contract/estimator';
import type { Layout } from '../layout/layout';
import { vectorOf } from '../contract/arrays';
import { numberOf } from '../../files/numpy/scalar-of';

/** `scale_`, one positive number a column. */
export function scaleOf(scaler: Estimator, width: number): Float64Array {
  const scale = vectorOf(scaler, 'scale_', width);
  if (scale.every((element) => element > 0)) return scale;
  throw scaler.fault('holds a scale that is not positive', 'Fit the scaler again.', 'scale_');
}

/** The two numbers of a tuple, the lower first. */
export function rangeOf(scaler: Estimator, name: string): [number, number] {
  const value = scaler.get(name);
  const [low, high] = Array.isArray(value) ? value.map(numberOf) : [];
  if (low !== undefined && high !== undefined && low < high) return [low, high];
  throw scaler.fault('is not a pair of numbers', 'Fit the scaler again.', name);
}

/** Tells the columns of a request where their training values lay, for the verification rows. */
export function sampleAround(
  { columns }: Layout,
  center: Float64Array | null,
  spread: Float64Array | null,
): void {
  for (const [j, { source }] of columns.entries()) {
    const middle = center?.[j] ?? 0;
    const step = spread?.[j] ?? 1;
    source?.samples.push(middle, middle + 1.5 * step, middle - 1.5 * step, middle + 8 * step);
  }
}
