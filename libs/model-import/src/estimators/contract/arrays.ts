import type { ClassLabel } from '@inferserve/model';
import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeElements } from '../../files/numpy/decode-elements';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { numberOf } from '../../files/numpy/scalar-of';
import { PyObject, type NdArray, type PyValue } from '../../files/values/py-value';
import type { Estimator } from './estimator';
import { LIMITS } from './limits';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

/** Rows of numbers, one after the other. */
export interface NumberMatrix {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly storedPrecision: 'float32' | 'float64';
}

/** The array of an attribute. */
export function arrayOf(estimator: Estimator, name: string): NdArray {
  const array = asNdArray(estimator.require(name));
  if (array) return array;
  const sparse = 'If it is sparse, call densify() on the model before saving it.';
  throw estimator.fault('is not a numpy array', sparse, name);
}

/** `length` finite numbers. A lone number stands for all of them. */
export function vectorOf(estimator: Estimator, name: string, length: number): Float64Array {
  const value = estimator.require(name);
  const single = typeof value === 'number' || asNdArray(value)?.shape.length === 0;
  if (single) return finite(estimator, name, new Float64Array(length).fill(numberOf(value) ?? NaN));
  const array = arrayOf(estimator, name);
  if (array.size !== length || array.shape.length > 2) {
    throw estimator.fault(
      `has shape ${shapeText(array.shape)} where ${length} numbers belong`,
      SAVE_AGAIN,
      name,
    );
  }
  return finite(estimator, name, numbersOf(estimator, name, array));
}

/** Rows of finite numbers; an array of one dimension is one row. */
export function matrixOf(estimator: Estimator, name: string): NumberMatrix {
  const array = arrayOf(estimator, name);
  const [rows = 0, columns = 0] = array.shape.length === 1 ? [1, ...array.shape] : array.shape;
  const fits = rows <= LIMITS.classes && columns <= LIMITS.weightColumns;
  if (array.shape.length > 2 || rows < 1 || columns < 1 || !fits) {
    throw estimator.fault(`has shape ${shapeText(array.shape)}`, SAVE_AGAIN, name);
  }
  const values = finite(estimator, name, numbersOf(estimator, name, array));
  return {
    values,
    rows,
    columns,
    storedPrecision: array.dtype.bytes === 4 ? 'float32' : 'float64',
  };
}

/** Class labels: text, integers or booleans; whole floats become integers, with a warning. */
export function labelsOf(
  estimator: Estimator,
  name: string,
  onWarning: (warning: string) => void,
): ClassLabel[] {
  const array = arrayOf(estimator, name);
  if (array.shape.length === 1 && array.size === 1) {
    throw estimator.fault(
      'holds one class only: the model answers every row alike',
      'Check that the training rows have rows of each class, and fit it again.',
      name,
    );
  }
  if (array.shape.length !== 1 || array.size < 2 || array.size > LIMITS.classes) {
    throw estimator.fault(
      `has shape ${shapeText(array.shape)}, which is not a list of two or more classes`,
      'Only classifiers of one label are supported.',
      name,
    );
  }
  const labels = decodeElements(array);
  if (labels.every(Number.isSafeInteger) && array.dtype.kind === 'f') {
    onWarning(
      `the class labels are floats (${labels.slice(0, 3).join('.0, ')}.0); answers will be integers`,
    );
  }
  return labels.map((label) => {
    if (typeof label === 'string' || typeof label === 'boolean' || Number.isSafeInteger(label)) {
      return label as ClassLabel;
    }
    throw estimator.fault(
      typeof label === 'bigint'
        ? 'holds an integer label beyond 2^53, which JSON cannot carry'
        : 'holds a label that is not text, an integer or a boolean',
      'Fit the model again with such labels.',
      name,
    );
  });
}

/** Strings of a list, an array or a pandas Index, or `undefined` where the value is anything else. */
export function stringsOf(value: PyValue): string[] | undefined {
  const content = indexData(value);
  const array = asNdArray(content);
  if (array && !['U', 'O'].includes(array.dtype.kind)) return undefined;
  const values = array?.shape.length === 1 ? decodeElements(array) : content;
  if (!Array.isArray(values) || values.length === 0) return undefined;
  return values.every((element) => typeof element === 'string') ? values : undefined;
}

/** A pandas Index pickles as `_new_Index(Index, {"data": …})`. */
function indexData(value: PyValue): PyValue {
  if (!(value instanceof PyObject) || value.type.name !== '_new_Index') return value;
  const options = value.args[1];
  const data = options instanceof Map ? (options.get('data') ?? null) : null;
  // pandas 3: a StringArray, whose state is its dtype and an array of objects.
  const isBacked = data instanceof PyObject && data.type.name === '__pyx_unpickle_NDArrayBacked';
  return isBacked && Array.isArray(data.state) ? (data.state[1] ?? null) : data;
}

function numbersOf(estimator: Estimator, name: string, array: NdArray): Float64Array {
  if (array.dtype.kind !== 'O') return decodeNumbers(array);
  return Float64Array.from(decodeElements(array), (element) => {
    if (typeof element === 'number') return element;
    throw estimator.fault('holds something that is not a number', SAVE_AGAIN, name);
  });
}

function finite(estimator: Estimator, name: string, values: Float64Array): Float64Array {
  if (values.every(Number.isFinite)) return values;
  throw estimator.fault('holds something that is not a finite number', SAVE_AGAIN, name);
}

function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}
