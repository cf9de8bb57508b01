import * as v from 'valibot';
import { UNSEEN } from '../distributions/outside';
import { sharesOf } from '../distributions/shares';
import { put } from '../vector';
import { isMissingText } from './missing-text';
import { columnEntries } from './column-entries';
import type { ColumnKind } from './column-kind';
import { MAX_LISTED, unknownText } from './unknown-text';

/** More known values than this are not in the JSON Schema. */
const MAX_ENUM = 200;
/** The code of a value that is not among the column's. */
const UNKNOWN = -1;

const value = v.union([v.string(), v.pipe(v.number(), v.finite()), v.boolean()]);

const schema = v.strictObject({
  type: v.literal('category'),
  ...columnEntries,
  values: v.pipe(
    v.array(value),
    v.maxLength(1_000_000),
    v.check((values) => new Set(values).size === values.length, 'holds a value twice'),
    v.readonly(),
  ),
  /** What happens to a value that is not listed: refused, or accepted with the code -1. */
  unknown: v.picklist(['reject', 'accept']),
});

export type CategoryColumnSpec = v.InferOutput<typeof schema>;
type CategoryValue = CategoryColumnSpec['values'][number];

/**
 * One of a list of values, which becomes its position in the list; -1 where it is unknown and that is
 * accepted, NaN where it is missing. Text never equals a number; `true` equals 1, as in Python.
 */
export const categoryColumn: ColumnKind<CategoryColumnSpec> = {
  type: 'category',
  schema,
  width: () => 1,
  compile({ values, nullable = false, unknown }, row, offset) {
    const codes = codesOf(values);
    const types = new Set(values.map((known) => typeof known));
    const code = (given: unknown): number | undefined => {
      if (given === null) return nullable ? Number.NaN : undefined;
      const known = codes.get(given as CategoryValue);
      if (known !== undefined) return known;
      return unknown === 'accept' && isCategoryValue(given) ? UNKNOWN : undefined;
    };
    return {
      read(given) {
        const position = code(given);
        if (position === undefined) return false;
        put(row, offset, position);
        return true;
      },
      fault(given) {
        if (code(given) !== undefined) return undefined;
        if (!isCategoryValue(given) || (unknown === 'reject' && !types.has(typeof given))) {
          return {
            type: 'category_type',
            message: `Input should be ${typesText(types, nullable)}`,
          };
        }
        return { type: 'unknown_category', message: unknownText(given, values) };
      },
    };
  },
  fromText({ values, nullable }, text) {
    if (values.includes(text)) return text;
    if (nullable && isMissingText(text)) return null;
    const number = text.trim() === '' ? Number.NaN : Number(text);
    const word = text.trim().toLowerCase();
    const meant = values.find((known) =>
      typeof known === 'boolean' ? String(known) === word : known === number,
    );
    return meant ?? text;
  },
  jsonSchema({ values, nullable, unknown, description }) {
    const types = [...new Set(values.map((known) => typeof known))];
    const text = [description, unknown === 'accept' && 'other values are accepted as unknown'];
    return {
      ...(unknown === 'reject' && values.length <= MAX_ENUM
        ? { enum: nullable ? [...values, null] : values }
        : { type: nullable ? [...types, 'null'] : types, examples: values.slice(0, MAX_LISTED) }),
      ...(text.some(Boolean) && { description: text.filter(Boolean).join('; ') }),
    };
  },
  distribution: ({ values }) => sharesOf(values),
  outside: ({ unknown }) =>
    unknown === 'accept' ? (code) => (code < 0 ? UNSEEN : undefined) : undefined,
  datatype: ({ values }) => {
    if (values.every((known) => typeof known === 'number')) return 'FP64';
    return values.every((known) => typeof known === 'boolean') ? 'BOOL' : 'BYTES';
  },
};

function codesOf(values: readonly CategoryValue[]): ReadonlyMap<CategoryValue, number> {
  const codes = new Map<CategoryValue, number>();
  for (const [position, known] of values.entries()) {
    codes.set(known, position);
    const equal = twin(known);
    if (equal !== undefined && !values.includes(equal)) codes.set(equal, position);
  }
  return codes;
}

/** The number that a boolean equals in Python, or the boolean that a number equals. */
function twin(known: CategoryValue): CategoryValue | undefined {
  if (typeof known === 'boolean') return Number(known);
  return known === 0 || known === 1 ? known === 1 : undefined;
}

function isCategoryValue(given: unknown): given is CategoryValue {
  return (
    typeof given === 'string' ||
    typeof given === 'boolean' ||
    (typeof given === 'number' && Number.isFinite(given))
  );
}

function typesText(types: ReadonlySet<string>, nullable: boolean): string {
  const names = ['string', 'number', 'boolean'].filter((name) => types.has(name));
  return [...names.map((name) => `a ${name}`), ...(nullable ? ['null'] : [])].join(' or ');
}
