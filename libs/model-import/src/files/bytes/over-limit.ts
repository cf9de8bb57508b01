import { ModelImportError } from './model-import.error';

/** The error for a file that needs more than the limits allow. */
export function overLimit(problem: string, offset?: number): ModelImportError {
  return new ModelImportError(
    problem,
    'No model that can be served needs that much: check that this is the right file.',
    { ...(offset !== undefined && { offset }) },
  );
}
