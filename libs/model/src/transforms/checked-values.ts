import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import {
  float64Values,
  type Matrix,
  matrixShape,
  type NumericArray,
} from '../artifact/numeric-array';

/** Numbers of which some may be missing: `null` in an artifact, NaN in a row. */
export const nullableNumbersSchema = v.pipe(
  v.array(v.nullable(v.pipe(v.number(), v.finite()))),
  v.readonly(),
);

/** The numbers of an array, after a check that all of them are finite and that there are `length`. */
export function numbersOf(array: NumericArray, length: number, path: string): Float64Array {
  const values = float64Values(array);
  checkLength(values.length, length, path);
  checkFinite(values, path);
  return values;
}

/** The numbers of a matrix, row by row, after a check of its width and that all of them are finite. */
export function matrixOf(matrix: Matrix, columns: number, path: string): Float64Array {
  const shape = matrixShape(matrix);
  if (shape?.[1] !== columns || shape[0] === 0) {
    throw new ArtifactError(path, `must be rows of ${columns} elements each`);
  }
  const values = float64Values(matrix);
  checkFinite(values, path);
  return values;
}

/** `length` numbers, NaN where the artifact holds `null`. */
export function nullableNumbersOf(
  array: readonly (number | null)[],
  length: number,
  path: string,
): Float64Array {
  checkLength(array.length, length, path);
  return Float64Array.from(array, (value) => value ?? Number.NaN);
}

/** Whole numbers from `least` to below `limit`, as positions in something of that width. */
export function positionsOf(
  array: NumericArray,
  limit: number,
  path: string,
  least = 0,
): Int32Array {
  const values = float64Values(array);
  for (const [i, value] of values.entries()) positionOf(value, limit, `${path}[${i}]`, least);
  return Int32Array.from(values);
}

/** One such number. */
export function positionOf(value: number, limit: number, path: string, least = 0): number {
  if (Number.isInteger(value) && value >= least && value < limit) return value;
  const problem = `must be a whole number from ${least} to below ${limit}, not ${value}`;
  throw new ArtifactError(path, problem);
}

/** @throws ArtifactError where `actual` is not `expected` */
export function checkLength(actual: number, expected: number, path: string): void {
  if (actual === expected) return;
  throw new ArtifactError(path, `must have ${expected} elements, not ${actual}`);
}

function checkFinite(values: Float64Array, path: string): void {
  const fault = values.findIndex((value) => !Number.isFinite(value));
  if (fault >= 0) throw new ArtifactError(`${path}[${fault}]`, 'must be a finite number');
}
