import fc from 'fast-check';
import { SETOSA } from './setosa';

const FIELDS = Object.keys(SETOSA);

/** JSON that is near what is asked for: right, or wrong in one way or several. */
const fieldValue = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => JSON.stringify(x)),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '-0',
      '0',
      '1e400',
      '-1e400',
      '1e-400',
      '5e-324',
      '1E+2',
      'null',
      'true',
      '"5.1"',
      '""',
      '[]',
      '[1]',
      '{}',
      '{"valueOf":1}',
      '{"toString":null}',
      '[[[[[]]]]]',
      '{"length":1}',
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)) },
);
const otherName = fc.oneof(
  fc.constantFrom(
    'toString',
    'valueOf',
    'length',
    'then',
    'prototype',
    'hasOwnProperty',
    'petal_widht',
    'PETAL_WIDTH',
    '0',
    '',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const member = (name: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(name, fieldValue).map(([key, value]) => `${JSON.stringify(key)}:${value}`);
const completeRow = fc
  .tuple(
    fc.shuffledSubarray(FIELDS, { minLength: 4 }),
    fc.array(fieldValue, { minLength: 4, maxLength: 4 }),
  )
  .map(([names, values]) => names.map((name, i) => `${JSON.stringify(name)}:${values[i]}`));
const looseRow = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: member(fc.constantFrom(...FIELDS)) },
    { weight: 1, arbitrary: member(otherName) },
  ),
  {
    maxLength: 8,
  },
);
const objectText = fc
  .oneof(
    { weight: 3, arbitrary: completeRow },
    { weight: 2, arbitrary: looseRow },
    { weight: 1, arbitrary: fc.tuple(completeRow, looseRow).map((rows) => rows.flat()) },
  )
  .map((members) => `{${members.join()}}`);
/** The JSON of a row, right or wrong in one way or several, or of something else. */
export const bodyText = fc.oneof(
  { weight: 8, arbitrary: objectText },
  { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
);
/** The JSON of rows that are written alike, with values right or wrong. */
export const tableText = fc
  .tuple(
    fc.shuffledSubarray(FIELDS, { minLength: 3 }),
    fc.option(otherName, { nil: undefined, freq: 8 }),
    fc.constantFrom('', ' '),
    fc.array(fc.array(fieldValue, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
    fc.boolean(),
  )
  .map(([fields, other, space, rows, isList]) => {
    const names = other === undefined ? fields : [...fields, other];
    const texts = rows.map((values) =>
      names
        .map((name, i) => (isList ? values[i] : `${JSON.stringify(name)}:${space}${values[i]}`))
        .join(`,${space}`),
    );
    return `[${texts.map((text) => (isList ? `[${text}]` : `{${text}}`)).join(`,${space}`)}]`;
  });
