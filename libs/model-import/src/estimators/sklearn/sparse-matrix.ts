import { asNdArray } from '../../files/numpy/as-nd-array';
import { decodeNumbers } from '../../files/numpy/decode-numbers';
import { numberOf } from '../../files/numpy/scalar-of';
import { PyObject, type PyValue } from '../../files/values/py-value';
import { LIMITS } from '../contract/limits';

/** A matrix of scipy in compressed rows. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Calls back for every stored element. */
  forEach(visit: (row: number, column: number, value: number) => void): void;
}

/** The matrix that a value is, or `undefined` where it is none in compressed rows, or a damaged one. */
export function sparseMatrixOf(value: PyValue | undefined): SparseMatrix | undefined {
  if (!(value instanceof PyObject) || !/^csr_(?:matrix|array)$/.test(value.type.name)) {
    return undefined;
  }
  const state = value.state instanceof Map ? value.state : new Map<PyValue, PyValue>();
  const [data, indices, indptr] = ['data', 'indices', 'indptr'].map((name) => {
    const array = asNdArray(state.get(name) ?? null);
    return array && decodeNumbers(array);
  });
  const shape = state.get('_shape') ?? state.get('shape');
  const [rows, columns] = Array.isArray(shape) ? shape.map(numberOf) : [];
  if (!data || !indices || !indptr || rows === undefined || columns === undefined) return undefined;
  const isSound =
    indptr.length === rows + 1 &&
    indptr[0] === 0 &&
    indptr[rows] === data.length &&
    indices.length === data.length &&
    indptr.every((end, i) => i === 0 || end >= indptr[i - 1]!) &&
    indices.every((column) => column >= 0 && column < columns) &&
    data.every(Number.isFinite);
  if (!isSound) return undefined;
  return {
    rows,
    columns,
    forEach(visit) {
      for (let i = 0; i < rows; i++) {
        for (let at = indptr[i]!; at < indptr[i + 1]!; at++) visit(i, indices[at]!, data[at]!);
      }
    },
  };
}

/** All elements in row-major order; `undefined` beyond the limit of weights. */
export function denseValues({ rows, columns, forEach }: SparseMatrix): Float64Array | undefined {
  if (rows * columns > LIMITS.weights) return undefined;
  const values = new Float64Array(rows * columns);
  forEach((row, column, value) => {
    const at = row * columns + column;
    values[at] = values[at]! + value;
  });
  return values;
}
