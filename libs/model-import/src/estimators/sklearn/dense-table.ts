import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import type { NumberMatrix } from '../contract/arrays';
import type { Estimator } from '../contract/estimator';
import { LIMITS } from '../contract/limits';
import { denseValues, sparseMatrixOf } from './sparse-matrix';

/**
 * A table of finite numbers, dense or in compressed rows, as large as the limit of weights allows.
 * @param missing whether NaN may stand for a number
 */
export function denseTable(
  estimator: Estimator,
  name: string,
  missing: 'rejected' | 'kept' = 'rejected',
): NumberMatrix {
  const value = estimator.require(name);
  const sparse = sparseMatrixOf(value);
  const array = asNdArray(value);
  const [rows = 0, columns = 0] = sparse ? [sparse.rows, sparse.columns] : (array?.shape ?? []);
  if ((!array && !sparse) || (array && array.shape.length !== 2) || rows < 1 || columns < 1) {
    throw estimator.fault('is not a table of rows', 'Save the fitted model again.', name);
  }
  if (rows * columns > LIMITS.weights) {
    throw estimator.fault(
      `keeps ${rows} rows of ${columns} numbers, more than ${LIMITS.weights} numbers`,
      'Fit it on fewer rows, or reduce the columns first (TruncatedSVD for text).',
      name,
    );
  }
  const values = sparse ? denseValues(sparse)! : decodeNumbers(array!);
  const isKept = (value: number): boolean =>
    Number.isFinite(value) || (missing === 'kept' && Number.isNaN(value));
  if (values.every(isKept)) return { values, rows, columns, storedPrecision: 'float64' };
  throw estimator.fault('holds a number that is not finite', 'Impute before fitting.', name);
}
