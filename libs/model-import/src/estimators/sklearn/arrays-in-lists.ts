import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import type { NumberMatrix } from '../contract/arrays';
import type { Estimator } from '../contract/estimator';
import { LIMITS } from '../contract/limits';
import { listOf } from './members';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

/** The arrays of one or two dimensions in a list; one dimension is one row. All numbers are finite. */
export function matricesOf(estimator: Estimator, name: string): NumberMatrix[] {
  const list = listOf(estimator.require(name));
  let total = 0;
  return (list ?? []).map((value) => {
    const array = asNdArray(value);
    const [rows = 0, columns = 0] =
      array?.shape.length === 1 ? [1, ...array.shape] : (array?.shape ?? []);
    total += rows * columns;
    if (!array || array.shape.length > 2 || rows < 1 || columns < 1 || total > LIMITS.weights) {
      throw estimator.fault('is not a list of arrays of a supported size', SAVE_AGAIN, name);
    }
    const values = decodeNumbers(array);
    if (!values.every(Number.isFinite)) {
      throw estimator.fault('holds something that is not a finite number', SAVE_AGAIN, name);
    }
    return {
      values,
      rows,
      columns,
      storedPrecision: array.dtype.bytes === 4 ? 'float32' : 'float64',
    };
  });
}
