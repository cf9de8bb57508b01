import type { Bins } from './bins';

/** Least share that a bin is taken to have: the logarithm of none is infinite. */
const LEAST_SHARE = 1e-4;

/**
 * The population stability index of counted rows: Σ (q − p) · ln(q / p) over the bins, where p is the share of a bin
 * in the baseline and q that in the counts (Siddiqi, Credit Risk Scorecards, 2006; a symmetric form of the
 * Kullback–Leibler divergence). 0 for the same distribution, above 0.1 slightly and above 0.25 clearly another.
 */
export function stabilityIndex({ expected }: Bins, shares: readonly number[]): number {
  let sum = 0;
  for (const [bin, share] of expected.entries()) {
    const p = Math.max(LEAST_SHARE, share);
    const q = Math.max(LEAST_SHARE, shares[bin]!);
    sum += (q - p) * Math.log(q / p);
  }
  return sum;
}
