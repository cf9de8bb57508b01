import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { type ApiKey, ApiKeySet, InvalidApiKeysError, parseApiKeys } from '@inferserve/api-keys';

/** What a request shows of its sender: a client by its key, no key, or a key that nobody has. */
export type Credential = ApiKey | 'absent' | 'unknown';

const BEARER = /^bearer +([^ ]+) *$/i;

/** Knows the clients by their API keys, out of a file that can be read again. */
export class AccessControl {
  private keys: ApiKeySet;
  private readonly names = new WeakMap<IncomingMessage, string>();

  /** @throws InvalidApiKeysError for a file that cannot be read or used */
  constructor(
    private readonly path: string,
    /** Whether a request needs a key. */
    readonly isRequired: boolean,
  ) {
    this.keys = read(path);
  }

  /** Number of clients that have a key. */
  get clientCount(): number {
    return this.keys.clientCount;
  }

  /**
   * Reads the file again.
   * @throws InvalidApiKeysError for a file that cannot be read or used; the keys stay as they are
   */
  reload(): void {
    this.keys = read(this.path);
  }

  /** Who sends a request, by `Authorization: Bearer` or else `X-API-Key`; remembers the name for `nameOf`. */
  identify(request: IncomingMessage): Credential {
    const key = keyOf(request);
    if (key === undefined) return 'absent';
    const client = this.keys.find(key);
    if (client === undefined) return 'unknown';
    this.names.set(request, client.name);
    return client;
  }

  /** The name of the client whose request has been identified. */
  nameOf(request: IncomingMessage): string | undefined {
    return this.names.get(request);
  }
}

/** Other schemes of Authorization belong to whatever stands in front of the server. */
function keyOf({ headers }: IncomingMessage): string | undefined {
  const { authorization } = headers;
  const bearer = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
  const own = headers['x-api-key'];
  return bearer ?? (typeof own === 'string' ? own : undefined);
}

function read(path: string): ApiKeySet {
  const source = `API_KEYS_FILE=${JSON.stringify(path)}`;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new InvalidApiKeysError(source, [`cannot be read (${code})`], { cause });
  }
  return new ApiKeySet(parseApiKeys(text, source));
}
