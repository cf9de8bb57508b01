import type { Metrics } from '@inferserve/model';

/** As many as a picture needs. */
const MAX_PAIRS = 200;

/**
 * True value and answer of at most 200 rows: those at even distances in the rows sorted by true value, the least and
 * the greatest among them. The order of the rows does not matter.
 */
export function pickPairs(
  truth: readonly number[],
  predicted: readonly number[],
): NonNullable<Metrics['pairs']> {
  const sorted = truth
    .map((value, i) => [value, predicted[i]!] as const)
    .sort(([a, answerA], [b, answerB]) => a - b || answerA - answerB);
  if (sorted.length <= MAX_PAIRS) return sorted;
  const step = (sorted.length - 1) / (MAX_PAIRS - 1);
  return Array.from({ length: MAX_PAIRS }, (_, i) => sorted[Math.round(i * step)]!);
}
