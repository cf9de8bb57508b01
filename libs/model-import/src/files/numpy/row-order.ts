/** Fortran order to C order, for any number of axes; for a matrix that is the transpose. */
export function toRowOrder<T extends Float64Array | unknown[]>(
  values: T,
  shape: readonly number[],
): T {
  const ordered = values.slice() as T;
  const strides: number[] = [];
  let stride = 1;
  for (const length of shape) {
    strides.push(stride);
    stride *= length;
  }
  const index = Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < values.length; to++) {
    ordered[to] = values[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return ordered;
}
