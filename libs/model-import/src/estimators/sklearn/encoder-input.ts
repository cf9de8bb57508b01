import { packArray, type TransformSpec } from '@inferserve/model';
import { type CategoryValue, equalityKey } from '../layout/input-column';
import type { Layout, LayoutColumn } from '../layout/layout';
import type { KnownCategories } from './categories';

/** What stands before an encoder's own step, and what the codes that arrive there mean. */
export interface EncoderInput {
  readonly specs: readonly TransformSpec[];
  /** For each column the index into the encoder's categories by code, -1 for one that it does not know. */
  readonly indices: readonly (readonly number[])[];
}

/**
 * Makes codes of the columns that an encoder gets. A column that only encoders use arrives as codes; any other
 * holds numbers, which are looked up among the categories first.
 * @param unknown whether the encoder has an answer for a value that it does not know
 */
export function encoderInput(
  input: Layout,
  categories: readonly KnownCategories[],
  unknown: 'reject' | 'accept',
): EncoderInput {
  const columns = input.columns.map((column, j) => {
    const known = categories[j]!;
    const values = known.values.filter((value) => value !== undefined);
    column.source?.useAsCategory(values, unknown);
    if (unknown === 'reject') rejectUnknownMissing(column, known, values);
    const spec = column.source?.spec;
    if (spec?.type === 'category') return { numbers: null, codes: spec.values };
    const numbers = values.filter((value) => typeof value !== 'string').map(Number);
    const sorted = [...new Set(numbers)].sort((a, b) => a - b);
    return { numbers: sorted, codes: sorted };
  });
  return {
    specs: columns.every(({ numbers }) => numbers === null)
      ? []
      : [
          {
            type: 'codes',
            values: columns.map(({ numbers }) => numbers && packArray(Float64Array.from(numbers))),
            unknown,
          },
        ],
    indices: columns.map(({ codes }, j) => indicesByCode(codes, categories[j]!)),
  };
}

/** A missing value that is no category, or that was filled with none, is unknown too. */
function rejectUnknownMissing(
  { source, fill, missing }: LayoutColumn,
  { missingIndex }: KnownCategories,
  values: readonly CategoryValue[],
): void {
  if (missingIndex === undefined) for (const column of missing) column.rejectMissing();
  const keys = values.map(equalityKey);
  if (fill !== undefined && !keys.includes(equalityKey(fill))) source?.rejectMissing();
}

function indicesByCode(codes: readonly CategoryValue[], { values }: KnownCategories): number[] {
  const indices = new Map(
    values.flatMap((value, index) =>
      value === undefined ? [] : [[equalityKey(value), index] as const],
    ),
  );
  return codes.map((value) => indices.get(equalityKey(value)) ?? -1);
}
