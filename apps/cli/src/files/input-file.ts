import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { NamedBytes } from '@inferserve/model-import';
import { fileRemedy } from '@inferserve/model-store';
import { CommandError } from '../command.error';
import { checkIsPath } from './check-is-path';

const MIB = 2 ** 20;
/** As much as the importer takes. */
export const MAX_FILE_BYTES = 512 * MIB;

/**
 * The bytes of a file and its name without directories, which provenance should not reveal.
 * @throws CommandError where it cannot be read or is larger than 512 MiB
 */
export function readInputFile(path: string): NamedBytes {
  checkIsPath(path);
  try {
    const { size } = statSync(path);
    if (size > MAX_FILE_BYTES) {
      throw new CommandError(
        `${path} has ${(size / MIB).toFixed(1)} MiB; the limit is ${MAX_FILE_BYTES / MIB} MiB.`,
      );
    }
    return { name: basename(path), bytes: readFileSync(path) };
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(
      `cannot read ${path} (${(cause as Error).message}). ${fileRemedy(cause)}.`,
      1,
      { cause },
    );
  }
}
