import { decodeUtf8 } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import type { JsonValue } from './json-value';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LETTER_N = 0x4e;
const LETTER_I = 0x49;
const NAN = 'NaN';
const INFINITY = 'Infinity';

/**
 * JSON that is not nested deeply enough to exhaust the parser or anything that walks over its result. A bare NaN,
 * which XGBoost writes for conditions that mean nothing, becomes null; Infinity stays infinite.
 * @throws ModelImportError for text that is not JSON
 */
export function parseJson(bytes: Uint8Array): JsonValue {
  const text = decodeUtf8(withoutNonFinite(bytes), 0);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw damaged('is not valid JSON', undefined, cause);
  }
}

/** Checks the depth, and replaces what is not JSON by what is; the same bytes where there is nothing to replace. */
function withoutNonFinite(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let copied = 0;
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) depth++;
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
    else if (byte === LETTER_N || byte === LETTER_I) {
      const word = byte === LETTER_N ? NAN : INFINITY;
      if (!startsWith(bytes, at, word)) continue;
      parts.push(bytes.subarray(copied, at), Buffer.from(word === NAN ? 'null' : '1e999'));
      copied = at + word.length;
      at = copied - 1;
    }
    if (depth > FILE_LIMITS.jsonDepth) throw overLimit('has JSON that is nested too deep', at);
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(copied)]);
}

/** The position of the closing quote. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === BACKSLASH) at++;
    else if (byte === QUOTE) return at;
  }
  return bytes.length;
}

function startsWith(bytes: Uint8Array, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word.charCodeAt(i)) return false;
  return true;
}
