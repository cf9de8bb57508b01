import type { ModelInput } from '../estimators/contract/converter';
import { ModelImportError } from '../files/bytes/model-import.error';

/**
 * The names of a model's columns: those of the caller, else those of the file, else `x0`, `x1`, … with a warning.
 * @param given names in the order of the training columns; they may rename those of the file, not reorder them
 */
export function columnNames(
  { count, names, isOpen = false }: ModelInput,
  given: readonly string[] | undefined,
  onWarning: (warning: string) => void,
): readonly string[] {
  if (isOpen) {
    if (given && given.length > 0 && new Set(given).size === given.length) return given;
    throw new ModelImportError(
      'does not say which columns it takes: its answer does not depend on them',
      'Name the columns that requests will have, each once: --features height,width.',
    );
  }
  if (!given) {
    if (names) return names;
    onWarning(
      `the file does not name its ${count} features: requests use x0 to x${count - 1}, in the order of the training columns; --features names them`,
    );
    return Array.from({ length: count }, (_, j) => `x${j}`);
  }
  if (given.length !== count || new Set(given).size !== count) {
    throw new ModelImportError(
      `needs ${count} different feature names, not ${given.length}`,
      'Correct --features.',
    );
  }
  if (!names || names.every((name, j) => name === given[j])) return given;
  if (new Set([...names, ...given]).size === count) {
    throw new ModelImportError(
      `was fitted on features in another order: ${names.slice(0, 5).join(', ')}`,
      'Leave --features out: the order of the fields in a request does not matter.',
    );
  }
  onWarning('features are renamed: requests use the names of --features');
  return given;
}
