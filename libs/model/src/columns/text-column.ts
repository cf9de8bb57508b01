import * as v from 'valibot';
import type { Vector } from '../vector';
import { columnEntries } from './column-entries';
import type { ColumnKind } from './column-kind';
import { compileVectorizer, vectorizerSchema, vectorizerWidth } from './text/vectorizer';

/** Longest text that a column takes where it does not say, in UTF-16 units. */
const DEFAULT_MAX_LENGTH = 100_000;

const { nullable: _, ...entries } = columnEntries;

const schema = v.strictObject({
  type: v.literal('text'),
  ...entries,
  maxLength: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000_000))),
  /** Their counts stand side by side. */
  vectorizers: v.pipe(v.array(vectorizerSchema), v.minLength(1), v.maxLength(64), v.readonly()),
});

export type TextColumnSpec = v.InferOutput<typeof schema>;

/** Text, which becomes counts of its words or character sequences: as many positions as there are terms. */
export const textColumn: ColumnKind<TextColumnSpec> = {
  type: 'text',
  schema,
  sparse: true,
  width: ({ vectorizers }) =>
    vectorizers.reduce((sum, vectorizer) => sum + vectorizerWidth(vectorizer), 0),
  compile({ vectorizers, maxLength = DEFAULT_MAX_LENGTH }, row, offset) {
    let start = offset;
    const counters = vectorizers.map((vectorizer) => {
      const counter = compileVectorizer(vectorizer, row as Required<Vector>, start);
      start += vectorizerWidth(vectorizer);
      return counter;
    });
    return {
      read(value) {
        if (typeof value !== 'string' || value.length > maxLength) return false;
        for (const count of counters) count(value);
        return true;
      },
      fault(value) {
        if (typeof value !== 'string') {
          return { type: 'string_type', message: 'Input should be text' };
        }
        if (value.length <= maxLength) return undefined;
        return {
          type: 'string_too_long',
          message: `Input should be text of at most ${maxLength} characters`,
        };
      },
    };
  },
  fromText: (_, text) => text,
  jsonSchema: ({ description, maxLength = DEFAULT_MAX_LENGTH }) => ({
    type: 'string',
    maxLength,
    ...(description !== undefined && { description }),
  }),
  distribution: () => undefined,
  datatype: () => 'BYTES',
};
