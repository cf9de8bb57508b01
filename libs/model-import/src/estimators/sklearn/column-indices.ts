import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeElements } from '../../files/numpy/decode-elements';
import { scalarOf } from '../../files/numpy/scalar-of';
import { PyObject, type PyValue } from '../../files/values/py-value';
import { stringsOf } from '../contract/arrays';
import type { Estimator } from '../contract/estimator';

/**
 * The columns that a ColumnTransformer's part names: names, positions, a mask, a slice of positions or of names, a
 * pandas Index, or what scikit-learn 1.5 and 1.6 wrap the remainder in.
 * @param names positions by column name
 */
export function columnIndices(
  specification: PyValue,
  names: ReadonlyMap<string | undefined, number>,
  count: number,
  transformer: Estimator,
): number[] {
  const fault = (problem: string): Error =>
    transformer.fault(problem, 'Name the columns in a list, and fit again.', 'transformers_');
  const indexOf = (item: PyValue): number => {
    const value = scalarOf(item);
    const position = typeof value === 'string' ? names.get(value) : value;
    if (typeof value === 'string' && position === undefined) {
      throw fault(`selects a column "${value.slice(0, 60)}" that its input does not have`);
    }
    if (typeof position !== 'number' || !Number.isInteger(position)) {
      throw fault('names columns in a way that is not supported');
    }
    const counted = position < 0 ? position + count : position;
    if (counted >= 0 && counted < count) return counted;
    throw fault(`selects column ${position} of ${count}`);
  };
  if (specification instanceof PyObject && specification.type.name === 'slice') {
    return sliceOf(specification.args, count, indexOf, fault);
  }
  const listed = listOf(specification);
  const items = Array.isArray(listed) ? listed : [listed];
  if (items.length === count && items.every((item) => typeof scalarOf(item) === 'boolean')) {
    return items.flatMap((item, index) => (scalarOf(item) === true ? [index] : []));
  }
  return items.map(indexOf);
}

/** Bounds of a slice of names are both included, as in pandas; those of positions are Python's. */
function sliceOf(
  args: readonly PyValue[],
  count: number,
  indexOf: (item: PyValue) => number,
  fault: (problem: string) => Error,
): number[] {
  const [start = null, stop = null, step = null] = args.map(scalarOf);
  if ((step ?? 1) !== 1) throw fault('selects columns by a slice with steps');
  const bound = (value: PyValue, otherwise: number): number => {
    if (value === null) return otherwise;
    if (typeof value === 'string') return indexOf(value);
    if (typeof value !== 'number') throw fault('selects columns by a slice that is not supported');
    return Math.min(count, Math.max(0, value < 0 ? value + count : value));
  };
  const first = bound(start, 0);
  const end = bound(stop, count) + (typeof stop === 'string' ? 1 : 0);
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}

function listOf(columns: PyValue): PyValue {
  if (columns instanceof PyObject && columns.type.name === '_RemainderColsList') {
    return columns.state instanceof Map ? (columns.state.get('data') ?? null) : null;
  }
  const array = asNdArray(columns);
  return array ? decodeElements(array) : (stringsOf(columns) ?? columns);
}
