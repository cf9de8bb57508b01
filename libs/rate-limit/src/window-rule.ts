/** Up to this limit every accepted request is remembered with its time; above it, counts per bucket are. */
const EXACT_UP_TO = 10_000;

/**
 * Buckets per window above `EXACT_UP_TO`. A request leaves the count with the end of its bucket, so at most
 * one hundredth of a window late and never early: no window ever holds more than the limit.
 */
export const BUCKETS_PER_WINDOW = 100;

/** Whether requests under this limit are counted one by one. */
export function isExact(limit: number): boolean {
  return limit <= EXACT_UP_TO;
}
