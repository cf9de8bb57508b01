import { type Bins, type OutsideType, stabilityIndex } from '@inferserve/model';

/**
 * Fewer rows say too little: without any drift the index of n rows in 10 bins is below 17 / n in 95 of 100 cases
 * (Yurdakul and Naranjo, 2020: n times it is distributed as χ² with 9 degrees of freedom), here 0.085.
 */
const MIN_ROWS = 200;

/** Values outside of the baseline, or missing. */
export interface OutsideCount {
  readonly type: OutsideType;
  /** Rows of the window with such a value, and rows since the start. */
  readonly window: number;
  readonly total: number;
}

/** A bin of a distribution. */
export interface BinTraffic {
  /** For people: `4.3 to 4.8`, a value, or `missing`. */
  readonly name: string;
  /** Share of the baseline's rows. */
  readonly expected: number;
  /** Rows of the window. */
  readonly count: number;
}

/** How the values of a column, or the predictions, compare with the baseline. */
export interface DistributionTraffic {
  /** Population stability index; absent below 200 rows. */
  readonly stabilityIndex?: number;
  readonly outside: readonly OutsideCount[];
  readonly bins: readonly BinTraffic[];
}

/** How the rows of the last hour compare with those of the training. */
export interface TrafficSnapshot {
  readonly windowSeconds: number;
  /** Rows in the window. */
  readonly rows: number;
  readonly columns: readonly (DistributionTraffic & { readonly name: string })[];
  readonly predictions?: DistributionTraffic;
}

/** Compares the counts of bins with what is expected of them. */
export function compare(
  bins: Bins,
  window: readonly number[],
  total: readonly number[],
): DistributionTraffic {
  const counts = bins.expected.map(() => 0);
  for (const [bin, count] of window.entries()) counts[bins.comparedAs[bin]!]! += count;
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => count / rows);
  return {
    ...(rows >= MIN_ROWS && { stabilityIndex: stabilityIndex(bins, shares) }),
    outside: bins.outside.map(({ type, bin }) => ({
      type,
      window: window[bin]!,
      total: total[bin]!,
    })),
    bins: bins.names.map((name, bin) => ({
      name,
      expected: bins.expected[bin]!,
      count: counts[bin]!,
    })),
  };
}
