import { decodeUtf8 } from '../byte-reader';
import { LIMITS } from '../limits';
import { damaged, overLimit } from '../model-import.error';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING: readonly number[] = [0x5b, 0x7b];
const CLOSING: readonly number[] = [0x5d, 0x7d];

/**
 * JSON that is neither long nor deep enough to exhaust the parser or anything that walks over its result.
 * @throws ModelImportError for text that is not JSON, or more than `limits.ts` allows
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > LIMITS.jsonBytes) throw overLimit(`has ${bytes.length} bytes of JSON`);
  checkDepth(bytes);
  try {
    return JSON.parse(decodeUtf8(bytes, 0));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    const error = damaged('is not valid JSON (NaN and Infinity are not JSON either)');
    error.cause = cause;
    throw error;
  }
}

function checkDepth(bytes: Uint8Array): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) quoted = !quoted;
    else if (quoted) at += byte === BACKSLASH ? 1 : 0;
    else if (OPENING.includes(byte)) depth++;
    else if (CLOSING.includes(byte)) depth--;
    if (depth > LIMITS.jsonDepth) throw overLimit('has JSON that is nested too deep', at);
  }
}
