import * as v from 'valibot';
import { ArtifactError } from '../artifact/artifact.error';
import { denseVector } from '../vector';
import { checkLength, nullableNumbersOf, nullableNumbersSchema } from './checked-values';
import type { TransformKind } from './transform-kind';
import { blockPositions } from './sources';

const schema = v.strictObject({
  type: v.literal('lookup'),
  /** One for each position of the input. */
  tables: v.pipe(
    v.array(
      v.strictObject({
        /** What each code becomes, `unknown.length` numbers each, code by code. */
        values: nullableNumbersSchema,
        /** What a code that is negative or beyond `values` becomes, and what a missing value does. */
        unknown: v.pipe(nullableNumbersSchema, v.minLength(1)),
        missing: nullableNumbersSchema,
      }),
    ),
    v.readonly(),
  ),
  from: v.optional(v.string()),
});

export type LookupSpec = v.InferOutput<typeof schema>;

/**
 * Each code becomes the numbers of a table (scikit-learn's OrdinalEncoder: one number; TargetEncoder: one for
 * each class), side by side in the order of the positions; `null` in a table is a missing value.
 */
export const lookup: TransformKind<LookupSpec> = {
  type: 'lookup',
  schema,
  compile({ tables }, { values }, path) {
    checkLength(tables.length, values.length, `${path}.tables`);
    let width = 0;
    const compiled = tables.map((table, i) => {
      const at = `${path}.tables[${i}]`;
      const count = table.unknown.length;
      const codes = Math.floor(table.values.length / count);
      if (codes * count !== table.values.length) {
        throw new ArtifactError(`${at}.values`, `must have a multiple of ${count} elements`);
      }
      // The rows of the codes, then the one for unknown codes, then the one for missing values.
      const rows = new Float64Array((codes + 2) * count);
      rows.set(nullableNumbersOf(table.values, codes * count, `${at}.values`));
      rows.set(nullableNumbersOf(table.unknown, count, `${at}.unknown`), codes * count);
      rows.set(nullableNumbersOf(table.missing, count, `${at}.missing`), (codes + 1) * count);
      const start = width;
      width += count;
      return { start, count, codes, rows };
    });
    const output = denseVector(width);
    const target = output.values;
    return {
      output,
      sources: () => blockPositions(compiled.map(({ count }) => count)),
      run() {
        for (let j = 0; j < compiled.length; j++) {
          const { start, count, codes, rows } = compiled[j]!;
          const code = values[j]!;
          const isKnown = Number.isInteger(code) && code >= 0 && code < codes;
          const row = isKnown ? code : Number.isNaN(code) ? codes + 1 : codes;
          for (let k = 0; k < count; k++) target[start + k] = rows[row * count + k]!;
        }
      },
    };
  },
  describe: ({ from, tables }) =>
    `${from ?? 'lookup'}: numbers for the codes of ${tables.length} columns`,
};
