import { readFile } from 'node:fs/promises';
import { fileRemedy, writeFileAtomically } from '@inferserve/model-store';
import { CommandError } from '../command.error';
import { displayPath } from '../terminal/display-path';

/** A file as it should be on disk. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Writes the files that are missing or different, each atomically, with their directories.
 * @returns one line per file that says whether it was written or unchanged
 * @throws CommandError where a path cannot be read or written
 */
export async function writeFiles(files: readonly GeneratedFile[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { path, content } of files) {
    const same = (await compare({ path, content })) === 'same';
    if (!same) {
      await writeFileAtomically(path, content).catch((cause: unknown) => {
        throw fileError('write', path, cause);
      });
    }
    lines.push(`${same ? 'unchanged' : 'written'}  ${displayPath(path)}`);
  }
  return lines;
}

/**
 * Compares the files with those on disk and writes nothing.
 * @returns one line per file
 * @throws CommandError that names every file which is missing or different, and ends in `remedy`
 */
export async function checkFiles(
  files: readonly GeneratedFile[],
  remedy: string,
): Promise<string[]> {
  const faults: string[] = [];
  for (const file of files) {
    const state = await compare(file);
    if (state !== 'same') faults.push(`${displayPath(file.path)} is ${state}`);
  }
  if (faults.length > 0) throw new CommandError(`${faults.join('; ')}. ${remedy}`);
  return files.map(({ path }) => `up to date  ${displayPath(path)}`);
}

async function compare({ path, content }: GeneratedFile): Promise<string> {
  try {
    const found = await readFile(path);
    if (found.equals(content)) return 'same';
    const at = content.findIndex((byte, index) => byte !== found[index]);
    return `different from byte ${at === -1 ? content.length : at} on`;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw fileError('read', path, cause);
  }
}

function fileError(action: 'read' | 'write', path: string, cause: unknown): CommandError {
  return new CommandError(
    `cannot ${action} ${path} (${(cause as Error).message}). ${fileRemedy(cause)}.`,
    1,
    { cause },
  );
}
