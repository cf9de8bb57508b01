import { timingSafeEqual } from 'node:crypto';
import type { ApiKey } from './api-key';
import { hashApiKey } from './create-api-key';

/**
 * Finds the client of a key. The first 32 bits of its SHA-256 choose the candidates and the whole of it is compared
 * in constant time: how long that takes says nothing about how near a guess came.
 */
export class ApiKeySet {
  private readonly candidates = new Map<number, ApiKey[]>();
  /** Distinct clients, not keys. */
  readonly clientCount: number;

  constructor(keys: readonly ApiKey[]) {
    for (const key of keys) {
      const start = key.sha256.readUInt32BE();
      const others = this.candidates.get(start);
      if (others) others.push(key);
      else this.candidates.set(start, [key]);
    }
    this.clientCount = new Set(keys.map(({ name }) => name)).size;
  }

  /** What is known of `key`; `undefined` for a key that nobody has. */
  find(key: string): ApiKey | undefined {
    const sha256 = hashApiKey(key);
    let found: ApiKey | undefined;
    for (const candidate of this.candidates.get(sha256.readUInt32BE()) ?? []) {
      if (timingSafeEqual(candidate.sha256, sha256)) found = candidate;
    }
    return found;
  }
}
