import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { arrayLength, type NumericArray, numericArraySchema } from '../artifact/numeric-array';
import { clear, denseVector, put, sparseVector, type Vector } from '../vector';
import { positionsOf } from './checked-values';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const rangeSchema = v.strictObject({ start: count, count });

/** Positions of a row, in any order, also repeated: a list or a range. */
export const positionsSchema = v.union([numericArraySchema, rangeSchema]);

export type Positions = NumericArray | v.InferOutput<typeof rangeSchema>;

/** The selected part of a row, and what fills it; `undefined` where it is a view and nothing moves. */
export interface Selection {
  readonly part: Vector;
  readonly copy?: () => void;
}

/**
 * The part of `input` at some positions; sparse where the input is, so that it costs what the row holds.
 * @throws ArtifactError under `path` for positions beyond the input
 */
export function selectPositions(positions: Positions, input: Vector, path: string): Selection {
  const { start, length, list } = resolve(positions, input.values.length, path);
  const { values, nonzero } = input;
  if (list === undefined) {
    if (length === values.length) return { part: input };
    if (!nonzero) return { part: { values: values.subarray(start, start + length) } };
    const part = sparseVector(length);
    return { part, copy: () => copyRange({ values, nonzero }, start, part) };
  }
  const targets = nonzero && targetsOf(list, values.length);
  if (nonzero && targets) {
    const part = sparseVector(length);
    return { part, copy: () => copyTargets({ values, nonzero }, targets, part) };
  }
  const part = denseVector(length);
  return {
    part,
    copy() {
      for (let i = 0; i < length; i++) part.values[i] = values[list[i]!]!;
    },
  };
}

/** How many positions there are. */
export function positionCount(positions: Positions): number {
  return 'start' in positions ? positions.count : arrayLength(positions);
}

/**
 * The positions one by one.
 * @throws ArtifactError under `path` for positions beyond a row of `width`
 */
export function positionList(positions: Positions, width: number, path: string): Int32Array {
  const { start, length, list } = resolve(positions, width, path);
  return list ?? Int32Array.from({ length }, (_, i) => start + i);
}

/** A range has no list; a list that names consecutive positions is taken for a range. */
function resolve(
  positions: Positions,
  width: number,
  path: string,
): { readonly start: number; readonly length: number; readonly list?: Int32Array } {
  if ('start' in positions) {
    const { start, count: length } = positions;
    if (start + length <= width) return { start, length };
    throw new ArtifactError(path, `names a position beyond the ${width} of its input`);
  }
  const list = positionsOf(positions, width, path);
  const start = list[0] ?? 0;
  const isRange = list.every((position, i) => position === start + i);
  return { start, length: list.length, ...(!isRange && { list }) };
}

/** For each position of the input where it goes, -1 for nowhere; `undefined` where one goes to several. */
function targetsOf(list: Int32Array, width: number): Int32Array | undefined {
  const targets = new Int32Array(width).fill(-1);
  for (let i = 0; i < list.length; i++) {
    if (targets[list[i]!] !== -1) return undefined;
    targets[list[i]!] = i;
  }
  return targets;
}

function copyRange(
  { values, nonzero }: Required<Vector>,
  start: number,
  part: Required<Vector>,
): void {
  clear(part);
  const end = start + part.values.length;
  for (let i = 0; i < nonzero.count; i++) {
    const position = nonzero.indices[i]!;
    if (position >= start && position < end) put(part, position - start, values[position]!);
  }
}

function copyTargets(
  { values, nonzero }: Required<Vector>,
  targets: Int32Array,
  part: Required<Vector>,
): void {
  clear(part);
  for (let i = 0; i < nonzero.count; i++) {
    const position = nonzero.indices[i]!;
    const target = targets[position]!;
    if (target >= 0) put(part, target, values[position]!);
  }
}
