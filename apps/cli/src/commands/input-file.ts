import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { NamedBytes } from '@inferserve/model-import';
import { CommandError } from '../command.error';

/** No file that any command reads is larger. */
const MAX_BYTES = 64 * 2 ** 20;

/**
 * A file under its own name, without the directories that are nobody else's business.
 * @throws CommandError where it cannot be read or is too large
 */
export function readInputFile(path: string): NamedBytes {
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) {
      throw new CommandError(`${path} has ${size} bytes; ${MAX_BYTES} are the most that is read.`);
    }
    return { name: basename(path), bytes: readFileSync(path) };
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(
      `cannot read ${path} (${(cause as Error).message}). Check the path.`,
      1,
      { cause },
    );
  }
}
