import type { ApiKey } from './api-key';
import { InvalidApiKeysError } from './invalid-api-keys.error';
import { KEY_LIMIT_FORM, type KeyLimit, parseKeyLimit } from './key-limit';

const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;
const SHA_256 = /^[0-9a-f]{64}$/i;

/** What the name of a client may be, for messages. */
export const CLIENT_NAME_FORM =
  'up to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit';

/** Whether a text can be the name of a client. */
export function isClientName(text: string): boolean {
  return NAME.test(text);
}

/**
 * The keys of a file: one line per key with the name of its client, the SHA-256 of the key in hexadecimal digits
 * and optionally a limit, between blanks; empty lines and lines that begin with # do not count. A client may have
 * several keys, with one limit, so that a new key works before the old one is removed.
 * @param source what a message calls the file
 * @throws InvalidApiKeysError that names every bad line
 */
export function parseApiKeys(text: string, source: string): readonly ApiKey[] {
  const keys: ApiKey[] = [];
  const faults: string[] = [];
  const lineOfHash = new Map<string, number>();
  const limitOfName = new Map<string, KeyLimit | undefined>();
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const fields = line.trim().split(/\s+/);
    if (fields[0] === '' || fields[0]!.startsWith('#')) continue;
    const at = `line ${index + 1}`;
    const [name = '', hash = '', limitText] = fields;
    const limit = limitText === undefined ? undefined : parseKeyLimit(limitText);
    const earlier = lineOfHash.get(hash.toLowerCase());
    if (fields.length > 3) faults.push(`${at} has more than a name, a SHA-256 and a limit`);
    else if (!isClientName(name)) faults.push(`${at}: the name must be ${CLIENT_NAME_FORM}`);
    else if (!SHA_256.test(hash)) {
      faults.push(`${at}: behind the name stands the SHA-256 of the key, 64 hexadecimal digits`);
    } else if (limitText !== undefined && limit === undefined) {
      faults.push(`${at}: behind the SHA-256 stands ${KEY_LIMIT_FORM}, or nothing`);
    } else if (earlier !== undefined) faults.push(`${at} repeats the key of line ${earlier}`);
    else if (limitOfName.has(name) && !isSameLimit(limitOfName.get(name), limit)) {
      faults.push(`${at}: all keys of one name need the same limit`);
    } else {
      lineOfHash.set(hash.toLowerCase(), index + 1);
      limitOfName.set(name, limit);
      keys.push({ name, sha256: Buffer.from(hash, 'hex'), ...(limit && { limit }) });
    }
  }
  if (faults.length > 0) throw new InvalidApiKeysError(source, faults);
  return keys;
}

function isSameLimit(a: KeyLimit | undefined, b: KeyLimit | undefined): boolean {
  return a?.limit === b?.limit && a?.windowMs === b?.windowMs;
}
