import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import type { PyValue } from '../values/py-value';

/**
 * The lengths of an array's axes.
 * @throws ModelImportError for a shape that no array has, or one beyond the limits
 */
export function parseShape(value: PyValue | undefined, offset?: number): number[] {
  const lengths = typeof value === 'number' ? [value] : value;
  if (!Array.isArray(lengths) || lengths.length > FILE_LIMITS.arrayDimensions) {
    throw damaged('has an array without a shape', offset);
  }
  let size = 1;
  const shape: number[] = [];
  for (const length of lengths) {
    if (!Number.isSafeInteger(length) || (length as number) < 0) {
      throw damaged('has an array with an impossible shape', offset);
    }
    shape.push(length as number);
    size *= length as number;
  }
  if (size > FILE_LIMITS.arrayElements) throw overLimit(`has an array of ${size} elements`, offset);
  return shape;
}
