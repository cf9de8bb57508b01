import { ModelImportError } from './model-import.error';

/** The error for bytes that break the rules of their own format. */
export function damaged(problem: string, offset?: number, cause?: unknown): ModelImportError {
  return new ModelImportError(
    problem,
    'The file is damaged or truncated: copy it again, or save the model again.',
    { ...(offset !== undefined && { offset }) },
    cause === undefined ? undefined : { cause },
  );
}
