import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CommandError } from './command.error';

/** A file as it should be on disk. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: Buffer;
}

/**
 * Makes the files on disk what they should be, each whole or not at all, with their directories.
 * @returns a line a file that says whether it was written or unchanged
 * @throws CommandError where a path cannot be read or written
 */
export async function writeFiles(files: readonly GeneratedFile[]): Promise<string[]> {
  const lines: string[] = [];
  for (const file of files) {
    const same = (await compare(file)) === 'same';
    if (!same) await replace(file);
    lines.push(`${same ? 'unchanged' : 'written'}  ${file.path}`);
  }
  return lines;
}

/**
 * Compares the files with those on disk and writes nothing.
 * @returns a line a file
 * @throws CommandError that names every file which is missing or different, and says `cure`
 */
export async function checkFiles(files: readonly GeneratedFile[], cure: string): Promise<string[]> {
  const faults: string[] = [];
  for (const file of files) {
    const state = await compare(file);
    if (state !== 'same') faults.push(`${file.path} is ${state}`);
  }
  if (faults.length > 0) throw new CommandError(`${faults.join('; ')}. ${cure}`);
  return files.map(({ path }) => `as it should be  ${path}`);
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

async function replace({ path, content }: GeneratedFile): Promise<void> {
  // In the same directory: only within a file system is a file renamed at one stroke.
  const draft = `${path}.draft`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (cause) {
    throw fileError('write', path, cause);
  }
}

function fileError(action: 'read' | 'write', path: string, cause: unknown): CommandError {
  return new CommandError(
    `cannot ${action} ${path} (${(cause as Error).message}). Name another directory or mend its permissions.`,
    1,
    { cause },
  );
}
