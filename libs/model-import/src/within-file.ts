import { ModelImportError } from './files/bytes/model-import.error';

/** Runs a reading; what it refuses names the file. */
export function withinFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ModelImportError)) throw cause;
    const { path, offset, problem, remedy } = cause;
    const where = path === undefined ? file : `${file}: ${path}`;
    throw new ModelImportError(
      problem,
      remedy,
      { path: where, ...(offset !== undefined && { offset }) },
      { cause },
    );
  }
}
