import { ModelImportError } from './model-import.error';

/** Runs a reading; what it refuses names the file. */
export function withinFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ModelImportError)) throw cause;
    const { place, offset, problem, cure } = cause;
    const where = place === undefined ? file : `${file}: ${place}`;
    throw new ModelImportError(
      problem,
      cure,
      { place: where, ...(offset !== undefined && { offset }) },
      { cause },
    );
  }
}
