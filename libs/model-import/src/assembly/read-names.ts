import { stringsOf } from '../estimators/contract/arrays';
import { ModelImportError } from '../files/bytes/model-import.error';
import { readModelFile } from '../files/read-model-file';
import { foreignGlobals } from '../files/pickle/foreign-globals';
import { findCandidates, type NameList } from './candidates';
import type { NamedBytes } from './named-bytes';
import { withinFile } from './within-file';

const REMEDY = 'Give one name on each line, a JSON list, or a pickled list of the names.';

/**
 * The names in a file: one on each line or separated by commas, a JSON list (also the only one in an object), or
 * a pickled list, array or pandas Index.
 * @throws ModelImportError where there is no list of names, or several
 */
export function readNames({ name, bytes }: NamedBytes): string[] {
  return withinFile(name, () => {
    const text = textOf(bytes);
    const names = text === undefined ? pickledNames(bytes) : textNames(text);
    if (names.length === 0) throw new ModelImportError('holds no names', REMEDY);
    return names;
  });
}

/** The file as text; `undefined` for bytes that are none. */
function textOf(bytes: Uint8Array): string | undefined {
  // A short pickle can be valid UTF-8, but it has control characters.
  if (bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32))) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function textNames(text: string): string[] {
  const trimmed = text.trim();
  if (/^[[{]/.test(trimmed)) return jsonNames(trimmed);
  const lines = trimmed.split(/\r?\n/).map(unquoted);
  const names = lines.length === 1 ? trimmed.split(',').map(unquoted) : lines;
  return names.filter((line) => line !== '');
}

function unquoted(text: string): string {
  return text.trim().replace(/^"(.*)"$/, '$1');
}

function jsonNames(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ModelImportError('is not JSON', REMEDY, {}, { cause });
  }
  const lists = (Array.isArray(value) ? [value] : Object.values(value as object)).filter(
    (list): list is string[] =>
      Array.isArray(list) && list.length > 0 && list.every((item) => typeof item === 'string'),
  );
  if (lists.length === 1) return lists[0]!;
  throw new ModelImportError(
    lists.length === 0 ? 'holds no list of text' : `holds ${lists.length} lists of text`,
    REMEDY,
  );
}

function pickledNames(bytes: Uint8Array): string[] {
  const file = readModelFile(bytes);
  if (!('root' in file)) throw new ModelImportError('is no list of names', REMEDY);
  if (file.foreign.length > 0) throw foreignGlobals(file.foreign);
  const whole = stringsOf(file.root);
  if (whole) return whole;
  const { nameLists } = findCandidates(file.root);
  const [only] = nameLists;
  if (only && nameLists.length === 1) return [...only.names];
  throw new ModelImportError(
    nameLists.length === 0
      ? 'holds no list of names'
      : `holds several lists of names: ${nameLists.map(({ path }: NameList) => `"${path}"`).join(', ')}`,
    REMEDY,
  );
}
