import * as v from 'valibot';
import { booleanColumn, type BooleanColumnSpec } from './boolean-column';
import { categoryColumn, type CategoryColumnSpec } from './category-column';
import type { ColumnBase, ColumnKind } from './column-kind';
import { numberColumn, type NumberColumnSpec } from './number-column';
import { textColumn, type TextColumnSpec } from './text-column';

export type ColumnSpec = NumberColumnSpec | BooleanColumnSpec | CategoryColumnSpec | TextColumnSpec;

/** Every kind of input column. */
const COLUMNS = [numberColumn, booleanColumn, categoryColumn, textColumn] as const;

const BY_TYPE = new Map<string, unknown>(COLUMNS.map((kind) => [kind.type, kind]));

export const columnSchema = v.variant(
  'type',
  COLUMNS.map((kind) => kind.schema) as never,
) as unknown as v.GenericSchema<unknown, ColumnSpec>;

/** The kind of a column. */
export function columnKind<Spec extends ColumnBase>(spec: Spec): ColumnKind<Spec> {
  return BY_TYPE.get(spec.type) as ColumnKind<Spec>;
}
