import { fileRemedy } from './file-remedy';
import { ModelStoreError } from './model-store.error';

/** Whether a file operation failed because there is no such file or folder. */
export function isAbsent({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The error for a path that is there and cannot be read. */
export function unreadable(
  location: string,
  cause: unknown,
  remedy = fileRemedy(cause),
): ModelStoreError {
  const problem = `cannot be read (${reasonOf(cause)})`;
  return new ModelStoreError('unreadable', location, problem, `${remedy}.`, { cause });
}

/** `ENOSPC: no space left on device`: the path in the rest of the message is that of a temporary file. */
export function reasonOf(cause: unknown): string {
  return (cause as Error).message.split(', ')[0]!;
}
