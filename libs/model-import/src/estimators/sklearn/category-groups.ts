import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { numberOf } from '../../files/numpy/scalar-of';
import type { Estimator } from '../contract/estimator';
import type { KnownCategories } from './categories';

/** The categories of one column after infrequent ones were put together (since 1.1). */
export interface CategoryGroups {
  /** The group of each category by its index; a missing value that has no group counts after all others. */
  readonly groupOf: readonly number[];
  readonly count: number;
  /** The group of the infrequent categories, where there is one. */
  readonly infrequent?: number;
}

/** `_default_to_infrequent_mappings[f]`: the last group is that of the infrequent categories. */
export function categoryGroups(
  encoder: Estimator,
  categories: readonly KnownCategories[],
): CategoryGroups[] {
  const mappings = encoder.flag('_infrequent_enabled', false)
    ? encoder.get('_default_to_infrequent_mappings')
    : null;
  return categories.map(({ values }, f) => {
    const mapping = asNdArray(Array.isArray(mappings) ? mappings[f] : undefined);
    if (!mapping) return { groupOf: values.map((_, index) => index), count: values.length };
    const groups = [...decodeNumbers(mapping)];
    const infrequent = Math.max(...groups);
    const isSound =
      groups.length <= values.length &&
      groups.length >= values.length - 1 &&
      groups.every((group) => Number.isInteger(group) && group >= 0 && group < values.length);
    if (!isSound) {
      throw encoder.fault(
        'does not have one group for each category',
        'Check the encoder in Python and save it again.',
        '_default_to_infrequent_mappings',
      );
    }
    // An OrdinalEncoder leaves the missing value, its last category, out of the grouping.
    const groupOf = groups.length < values.length ? [...groups, infrequent + 1] : groups;
    return { groupOf, count: Math.max(...groupOf) + 1, infrequent };
  });
}

/** What `drop` leaves out of each column, as a group; `undefined` for nothing. */
export function droppedGroups(
  encoder: Estimator,
  groups: readonly CategoryGroups[],
): (number | undefined)[] {
  // Since 1.3 drop_idx_ counts the categories before they are grouped.
  const attribute = encoder.has('_drop_idx_after_grouping')
    ? '_drop_idx_after_grouping'
    : 'drop_idx_';
  const value = encoder.get(attribute);
  if (value === null) return groups.map(() => undefined);
  const array = asNdArray(value);
  const indices = array && (array.dtype.kind === 'O' ? array.data : [...decodeNumbers(array)]);
  if (!indices || indices instanceof Uint8Array || indices.length !== groups.length) {
    throw encoder.fault('does not have one index for each column', 'Save it again.', attribute);
  }
  return [...indices].map((index) => (index === null ? undefined : numberOf(index)));
}
