import { existsSync } from 'node:fs';
import { ModelImportError, readNames } from '@inferserve/model-import';
import { CommandError } from '../command.error';
import { readInputFile } from '../files/input-file';
import { parseNameList } from './parse-name-list';

/** What is meant as a file even where there is none. */
const FILE = /[\\/]|\.(?:txt|csv|json|pkl|pickle|joblib|npy)$/i;

/**
 * Names separated by commas, or those in a file.
 * @throws InvalidArgumentError for an empty name, CommandError for a file without names
 */
export function parseNamesOrFile(text: string): string[] {
  const isFile = !text.includes(',') && (FILE.test(text) || existsSync(text));
  if (!isFile) return parseNameList(text);
  try {
    return readNames(readInputFile(text));
  } catch (cause) {
    if (cause instanceof ModelImportError) throw new CommandError(cause.message, 1, { cause });
    throw cause;
  }
}
