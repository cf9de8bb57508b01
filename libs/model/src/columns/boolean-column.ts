import * as v from 'valibot';
import { sharesOf } from '../distributions/shares';
import { put } from '../vector';
import { isMissingText } from './missing-text';
import { columnEntries } from './column-entries';
import type { ColumnKind } from './column-kind';

const schema = v.strictObject({ type: v.literal('boolean'), ...columnEntries });

export type BooleanColumnSpec = v.InferOutput<typeof schema>;

/** `true` is 1 and `false` 0; `null` is a missing value (NaN in the row) where the column is nullable. */
export const booleanColumn: ColumnKind<BooleanColumnSpec> = {
  type: 'boolean',
  schema,
  width: () => 1,
  compile({ nullable = false }, row, offset) {
    const takes = (value: unknown): boolean =>
      typeof value === 'boolean' || (value === null && nullable);
    return {
      read(value) {
        if (!takes(value)) return false;
        put(row, offset, value === null ? Number.NaN : Number(value));
        return true;
      },
      fault: (value) =>
        takes(value)
          ? undefined
          : {
              type: 'bool_type',
              message: `Input should be true or false${nullable ? ', or null where it is missing' : ''}`,
            },
    };
  },
  fromText({ nullable }, text) {
    const word = text.trim().toLowerCase();
    if (word === 'true' || word === '1') return true;
    if (word === 'false' || word === '0') return false;
    return nullable && isMissingText(text.trim()) ? null : text;
  },
  jsonSchema: ({ nullable, description }) => ({
    type: nullable ? ['boolean', 'null'] : 'boolean',
    ...(description !== undefined && { description }),
  }),
  distribution: () => sharesOf([false, true]),
  datatype: () => 'BOOL',
};
