import { asNdArray } from '../files/numpy/as-nd-array';
import { decodeElements } from '../files/numpy/decode-elements';
import type { NdArray, PyValue } from '../files/values/py-value';
import type { ClassLabel } from '@inferserve/model';
import { LIMITS } from '../limits';
import type { Estimator } from './estimator';

const SAVE_AGAIN = 'Check the model in Python and save it again.';

/** The array of an attribute. */
export function arrayOf(estimator: Estimator, name: string): NdArray {
  const value = estimator.require(name);
  const array = asNdArray(value);
  if (array) return array;
  const sparse = 'Call densify() on the classifier before saving it; sparse arrays are not read.';
  throw estimator.fault('is not a numpy array', sparse, name);
}

/** One finite number per feature or class. A lone number stands for all of them. */
export function vectorOf(estimator: Estimator, name: string, length: number): number[] {
  const value = estimator.require(name);
  const array = asNdArray(value);
  if (typeof value === 'number' || array?.shape.length === 0) {
    const [number] = finite(estimator, name, array ? decodeElements(array) : [value]);
    return Array<number>(length).fill(number!);
  }
  const { shape, size } = arrayOf(estimator, name);
  if (size !== length || shape.length > 2) {
    throw estimator.fault(
      `has shape ${shapeText(shape)} where ${length} numbers belong`,
      SAVE_AGAIN,
      name,
    );
  }
  return finite(estimator, name, decodeElements(arrayOf(estimator, name)));
}

/** Rows of finite numbers; an array of one dimension is one row. */
export function matrixOf(estimator: Estimator, name: string): number[][] {
  const array = arrayOf(estimator, name);
  const [rows = 0, columns = 0] = array.shape.length === 1 ? [1, ...array.shape] : array.shape;
  if (
    array.shape.length > 2 ||
    rows < 1 ||
    columns < 1 ||
    rows > LIMITS.classes ||
    columns > LIMITS.features
  ) {
    throw estimator.fault(`has shape ${shapeText(array.shape)}`, SAVE_AGAIN, name);
  }
  const values = finite(estimator, name, decodeElements(array));
  return Array.from({ length: rows }, (_, i) => values.slice(i * columns, (i + 1) * columns));
}

/** Class labels: text, integers or booleans; whole floats become integers, which `onWarning` hears of. */
export function labelsOf(
  estimator: Estimator,
  name: string,
  onWarning: (warning: string) => void,
): ClassLabel[] {
  const array = arrayOf(estimator, name);
  if (array.shape.length !== 1 || array.size < 2 || array.size > LIMITS.classes) {
    throw estimator.fault(
      `has shape ${shapeText(array.shape)}, which is not a list of two or more classes`,
      'Only classifiers of one label are imported.',
      name,
    );
  }
  const labels = decodeElements(array);
  if (array.dtype.kind === 'f' && labels.every(Number.isSafeInteger)) {
    onWarning(
      `the class labels are floats (${labels.slice(0, 3).join('.0, ')}.0); answers will be integers`,
    );
  }
  return labels.map((label) => {
    if (typeof label === 'string' || typeof label === 'boolean' || Number.isSafeInteger(label)) {
      return label as ClassLabel;
    }
    throw estimator.fault(
      'holds a label that is not text, an integer or a boolean',
      'Fit the model again with such labels.',
      name,
    );
  });
}

/** Strings of a list or array, or `undefined` where the value is anything else. */
export function stringsOf(value: PyValue): string[] | undefined {
  const array = asNdArray(value);
  if (array && !['U', 'O'].includes(array.dtype.kind)) return undefined;
  const values = array?.shape.length === 1 ? decodeElements(array) : value;
  if (!Array.isArray(values) || values.length === 0) return undefined;
  return values.every((element) => typeof element === 'string') ? values : undefined;
}

function finite(estimator: Estimator, name: string, values: readonly PyValue[]): number[] {
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw estimator.fault('holds something that is not a finite number', SAVE_AGAIN, name);
    }
  }
  return values as number[];
}

function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}
