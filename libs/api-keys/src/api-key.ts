import type { KeyLimit } from './key-limit';

/** What is known of a key: the name of its client and its SHA-256, never the key itself. */
export interface ApiKey {
  /** Letters, digits, `.`, `_` and `-`: safe in logs, metrics and keys of Redis. */
  readonly name: string;
  /** 32 bytes. */
  readonly sha256: Buffer;
  /** Absent where the limit of the server applies. */
  readonly limit?: KeyLimit;
}
