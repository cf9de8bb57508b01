import type { StandardizeSpec } from '@inferserve/model';

/** A fitted scaler: d means and d scales. */
export type FittedScaler = StandardizeSpec & {
  readonly center: readonly number[];
  readonly scale: readonly number[];
};

/**
 * Mean and population standard deviation of each column, as scikit-learn's StandardScaler has them bit for
 * bit when the rows come in the same order. A column that is constant up to rounding gets the scale 1.
 * @param rows n × d finite numbers, n ≥ 1
 */
export function fitStandardScaler(rows: readonly (readonly number[])[]): FittedScaler {
  const columns = Array.from(rows[0] ?? [], (_, j) => describe(rows.map((row) => row[j]!)));
  return {
    type: 'standardize',
    center: columns.map(({ mean }) => mean),
    scale: columns.map(({ scale }) => scale),
    from: 'StandardScaler (population variance)',
    samplesSeen: rows.length,
  };
}

/** The corrected two-pass variance of Chan, Golub and LeVeque (1983). */
function describe(values: readonly number[]): { mean: number; scale: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let squares = 0;
  let residue = 0;
  for (const value of values) {
    const deviation = value - mean;
    squares += deviation ** 2;
    residue += deviation;
  }
  const variance = (squares - residue ** 2 / n) / n;
  // The rounding error of the variance itself, which scikit-learn takes for no variance at all.
  const noise = n * Number.EPSILON * variance + (n * mean * Number.EPSILON) ** 2;
  return { mean, scale: variance <= noise ? 1 : Math.sqrt(variance) };
}
