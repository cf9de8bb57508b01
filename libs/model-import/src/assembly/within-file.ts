import { ModelImportError } from '../files/bytes/model-import.error';

/** Runs a step of an import; its errors name the file and, where that is known, what the file is. */
export function withinFile<T>(file: string, run: () => T, what?: string): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof ModelImportError)) throw cause;
    const { path, offset, problem, remedy } = cause;
    const place = what === undefined ? file : `${file} (${what})`;
    throw new ModelImportError(
      problem,
      remedy,
      {
        path: path === undefined ? place : `${place}: ${path}`,
        ...(offset !== undefined && { offset }),
      },
      { cause },
    );
  }
}
