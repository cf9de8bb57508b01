import { hashTag } from './key-slot';
import { isExact } from './window-rule';

/** The name under which the key space of the limiter starts unless another prefix is configured. */
export const DEFAULT_KEY_PREFIX = 'ratelimit';

/**
 * What all clients of one policy and window have in front of their keys, `prefix:policy:60s:requests:`. The
 * window and the form of the count are part of it, so that processes with another window or another form
 * never touch this one's counts. The limit is not: a changed limit applies to running windows.
 */
export function limitKeyPrefix(
  prefix: string,
  policy: string,
  windowMs: number,
  limit: number,
): string {
  const window = windowMs % 1000 === 0 ? `${windowMs / 1000}s` : `${windowMs}ms`;
  return `${prefix}:${policy}:${window}:${isExact(limit) ? 'requests' : 'buckets'}:`;
}

/** A key for health probes that Redis Cluster keeps in the same slot as `key`, with the same first part. */
export function probeKey(key: string): string {
  if (hashTag(key) !== undefined) return `${key}:probe`;
  const [prefix] = key.split(':', 1);
  return `${prefix}:probe:{${key}}`;
}
