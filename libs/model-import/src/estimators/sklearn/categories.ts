import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeElements } from '../../files/numpy/decode-elements';
import type { PyValue } from '../../files/values/py-value';
import type { Estimator } from '../contract/estimator';
import type { CategoryValue } from '../layout/input-column';

const MAX_CATEGORIES = 1_000_000;

/** What an encoder knows of one column: `categories_[f]`. */
export interface KnownCategories {
  /** The categories by their index; `undefined` where it is a missing value. */
  readonly values: readonly (CategoryValue | undefined)[];
  /** The index of the category that a missing value is. */
  readonly missingIndex?: number;
  /** How Python writes each of them, for the names of output columns. */
  readonly texts: readonly string[];
}

/** `categories_` of an encoder, one list for each of `count` columns. */
export function categoriesOf(encoder: Estimator, count: number): KnownCategories[] {
  const lists = encoder.require('categories_');
  if (!Array.isArray(lists) || lists.length !== count) {
    throw encoder.fault(
      `does not hold ${count} lists of categories`,
      'Check the encoder in Python and save it again.',
      'categories_',
    );
  }
  return lists.map((list) => knownCategories(encoder, list, 'categories_'));
}

/** The categories in one array of an encoder. */
export function knownCategories(
  encoder: Estimator,
  list: PyValue,
  attribute: string,
): KnownCategories {
  const array = asNdArray(list);
  if (!array || array.size > MAX_CATEGORIES) {
    throw encoder.fault('is not an array of categories', 'Save the encoder again.', attribute);
  }
  const elements = decodeElements(array);
  const values = elements.map((element) => categoryOf(encoder, element));
  // A request cannot tell None and NaN apart; where a column holds both, null is None.
  const none = elements.indexOf(null);
  const missingIndex = none >= 0 ? none : values.indexOf(undefined);
  return {
    values,
    ...(missingIndex >= 0 && { missingIndex }),
    texts: elements.map((element) => pythonText(element, array.dtype.kind === 'f')),
  };
}

function categoryOf(encoder: Estimator, element: PyValue): CategoryValue | undefined {
  if (typeof element === 'string' || typeof element === 'boolean') return element;
  if (typeof element === 'number' && Number.isFinite(element)) return element;
  if (element === null || Number.isNaN(element)) return undefined;
  throw encoder.fault(
    typeof element === 'bigint'
      ? 'holds a category beyond 2^53, which JSON cannot carry'
      : 'holds a category that is not text, a finite number or a boolean',
    'Fit the encoder again with such categories.',
    'categories_',
  );
}

function pythonText(element: PyValue, isFloat: boolean): string {
  if (element === null) return 'None';
  if (typeof element === 'boolean') return element ? 'True' : 'False';
  if (Number.isNaN(element)) return 'nan';
  return isFloat && Number.isInteger(element) ? `${String(element)}.0` : String(element);
}
