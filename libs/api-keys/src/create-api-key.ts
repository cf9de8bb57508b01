import { hash, randomBytes } from 'node:crypto';

/** Marks a text as a key of this server, so that scanners for leaked secrets can find it. */
const PREFIX = 'isk_';
const RANDOM_BYTES = 32;

/** A new key: 256 random bits, which nobody can guess, so that a plain hash of it needs no salt and no work factor. */
export function createApiKey(): string {
  return PREFIX + randomBytes(RANDOM_BYTES).toString('base64url');
}

/** The SHA-256 of a key, 32 bytes. */
export function hashApiKey(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}

/** The line for the file of keys; `limit` as it stands there, such as `1000/minute`. */
export function apiKeyLine(name: string, key: string, limit?: string): string {
  return [name, hashApiKey(key).toString('hex'), ...(limit === undefined ? [] : [limit])].join(' ');
}
