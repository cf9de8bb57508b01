import { ModelImportError } from '../files/bytes/model-import.error';
import type { ClassLabel } from '@inferserve/model';

/**
 * The classes under the names given for them, in the same order. Only numbers and booleans take new names;
 * text that the model was trained on stays.
 */
export function renameClasses(
  classes: readonly ClassLabel[],
  names: readonly string[] | undefined,
): readonly ClassLabel[] {
  if (!names) return classes;
  if (names.length !== classes.length || new Set(names).size !== classes.length) {
    throw new ModelImportError(
      `the model has ${classes.length} classes (${classes.slice(0, 5).join(', ')}), not ${names.length} different ones`,
      'Correct --classes: one name for each class, in the order of the file.',
    );
  }
  if (classes.some((label, k) => typeof label === 'string' && label !== names[k])) {
    throw new ModelImportError(
      `the model names its classes itself: ${classes.slice(0, 5).join(', ')}`,
      'Leave --classes out.',
    );
  }
  return names;
}
