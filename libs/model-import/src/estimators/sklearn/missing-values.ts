import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { scalarOf } from '../../files/numpy/scalar-of';
import { PyGlobal } from '../../files/values/py-global';
import { PyObject } from '../../files/values/py-value';
import type { Estimator } from '../contract/estimator';
import type { CategoryValue } from '../layout/input-column';

/** The value that means "missing" to an imputer: `null` for NaN, None and pandas' NA, all of which a request sends as null. */
export function missingMarker(imputer: Estimator): CategoryValue | null {
  const value = scalarOf(imputer.get('missing_values'));
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value === null || value instanceof PyObject || value instanceof PyGlobal) return null;
  throw imputer.fault(
    'is neither a number nor text',
    'Use NaN for missing values.',
    'missing_values',
  );
}

/** `features_` of a MissingIndicator: the columns that get an indicator. */
export function indicatedColumns(indicator: Estimator, count: number): number[] {
  const array = asNdArray(indicator.require('features_'));
  const features = array ? [...decodeNumbers(array)] : [];
  if (
    array &&
    features.every((feature) => Number.isInteger(feature) && feature >= 0 && feature < count)
  ) {
    return features;
  }
  throw indicator.fault(
    `does not list columns of ${count}`,
    'Check the imputer in Python and save it again.',
    'features_',
  );
}
