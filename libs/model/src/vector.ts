/** Positions that may differ from 0, in no particular order: the first `count` of `indices`. */
export class IndexList {
  readonly indices: Int32Array;
  count = 0;

  constructor(capacity: number) {
    this.indices = new Int32Array(capacity);
  }
}

/**
 * One row between two steps of a model: `values.length` numbers, missing ones NaN. Where `nonzero` is given,
 * every position that it does not list is 0, so that wide rows cost what they hold. Allocated once per model
 * and written again for each row.
 */
export interface Vector {
  readonly values: Float64Array;
  readonly nonzero?: IndexList;
}

/** A vector of zeros without an index list. */
export function denseVector(width: number): Vector {
  return { values: new Float64Array(width) };
}

/** A vector of zeros with an empty index list that has room for every position. */
export function sparseVector(width: number): Required<Vector> {
  return { values: new Float64Array(width), nonzero: new IndexList(width) };
}

/** Sets the listed positions back to 0 and empties the list. */
export function clear({ values, nonzero }: Required<Vector>): void {
  for (let i = 0; i < nonzero.count; i++) values[nonzero.indices[i]!] = 0;
  nonzero.count = 0;
}

/** Writes a value at a position that is not yet listed. */
export function put({ values, nonzero }: Vector, position: number, value: number): void {
  values[position] = value;
  if (nonzero) nonzero.indices[nonzero.count++] = position;
}
