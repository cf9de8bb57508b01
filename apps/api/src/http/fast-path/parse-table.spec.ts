import fc from 'fast-check';
import type { RowTable } from '../body/row-table';
import { duplicateKeys } from '../body/duplicate-keys';
import { parseTable } from './parse-table';

const SEED = 20261126;

/** What the body says as JSON.parse would; `undefined` where it is no table. */
function read(body: string | Uint8Array): unknown {
  const table = parseTable(Buffer.from(body as string));
  return table && { [table.member]: rowsOf(table.rows) };
}

function rowsOf(rows: RowTable): unknown[] {
  return Array.from({ length: rows.length }, (_, i) => rows.at(i));
}

describe(parseTable.name, () => {
  test.each([
    '{"instances":[{"a":1,"b":-2.5},{"a":0,"b":-0}]}',
    '{"instances":[[1,2],[3,4],[5,6]]}',
    ' {\n "instances" :\t[ { "a" : 1 , "b" : 2 } , { "a" : 3 , "b" : 4 } ] } \r\n',
    '{"rows":[{"a b":"x","ä":"Köln","":null},{"a b":"","ä":"x","":true}]}',
    '{"":[{"__proto__":1,"constructor":2}]}',
    '{"x":[[1e5],[-1E-7],[1.5e+300],[0.1e1]]}',
    '{"x":[[0.1],[123456789012345678],[5e-324],[1.7976931348623157e308],[9007199254740993]]}',
    '{"x":[[0.30000000000000004],[2.2250738585072011e-308],[100000000000000000000000]]}',
    '{"x":[[0.00000000000000000000001],[1.00000000000000000000000],[4.35],[8.41]]}',
    '{"x":[[1e400],[-1e400],[false]]}',
    '{"x":[[-0],[-0.0],[0],[-0e1]]}',
  ])('%s', (body) => {
    expect(read(body)).toStrictEqual(JSON.parse(body));
  });

  test.each([
    ['nothing', ''],
    ['no rows', '{"x":[]}'],
    ['rows without values', '{"x":[{},{}]}'],
    ['one more member', '{"x":[[1]],"y":1}'],
    ['a row like no other', '{"x":[{"a":1},{"b":1}]}'],
    ['keys in another order', '{"x":[{"a":1,"b":2},{"b":1,"a":2}]}'],
    ['a key that is given twice', '{"x":[{"a":1,"a":2}]}'],
    ['a longer row', '{"x":[[1,2],[1,2,3]]}'],
    ['a shorter row', '{"x":[[1,2],[1]]}'],
    ['a row in a row', '{"x":[[1],[[1]]]}'],
    ['an object in a row', '{"x":[[{}]]}'],
    ['a bare value', '{"x":[1,2]}'],
    ['an escape', '{"x":[["\\n"]]}'],
    ['an escape in a key', '{"x":[{"\\u0061":1}]}'],
    ['a byte order mark', '\ufeff{"x":[[1]]}'],
    ['a line feed in a text', '{"x":[["\n"]]}'],
    ['a comma too many', '{"x":[[1],]}'],
    ['a comma too many in a row', '{"x":[[1,]]}'],
    ['an open text', '{"x":[["a]]}'],
    ['an open list', '{"x":[[1]'],
    ['something behind it', '{"x":[[1]]}1'],
    ...[
      '01',
      '-',
      '+1',
      '.5',
      '1.',
      '1e',
      '1e+',
      '1.e5',
      '-a',
      'NaN',
      'Infinity',
      '0x1',
      '--1',
      '1-1',
    ].map((number) => ['no number', `{"x":[[1],[${number}]]}`]),
    ...['undefined', 'nul', 'True', 'falsee', 'nulll', 'u', ''].map((word) => [
      'no literal',
      `{"x":[[1],[${word}]]}`,
    ]),
  ])('leaves %s to the parser: %j', (_, body) => {
    expect(parseTable(Buffer.from(body))).toBeUndefined();
  });

  const space = fc.constantFrom('', '', '', ' ', '\n  ', '\t\r\n');
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
    fc.integer().map(String),
    fc.float({ noNaN: true, noDefaultInfinity: true }).map((number) => number.toFixed(6)),
    fc.stringMatching(/^-?(0|[1-9]\d{0,24})(\.\d{1,25})?([eE][+-]?\d{1,3})?$/),
    fc.constantFrom('null', 'true', 'false', '-0', '0.0'),
    fc.string({ unit: 'binary', maxLength: 6 }).map((text) => JSON.stringify(text)),
    fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => JSON.stringify(text)),
  );
  const body = fc
    .tuple(
      fc.uniqueArray(fc.constantFrom('a', 'b c', 'ä', '__proto__', ''), { minLength: 1 }),
      fc.boolean(),
      fc.tuple(space, space, space),
      fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
    )
    .map(([names, isList, [inner, outer, between], rows]) => {
      const texts = rows.map((values) => {
        const members = names.map((name, i) =>
          isList ? values[i]! : `${JSON.stringify(name)}${inner}:${between}${values[i]!}`,
        );
        const text = `${inner}${members.join(`${between},${inner}`)}${outer}`;
        return isList ? `[${text}]` : `{${text}}`;
      });
      return `${outer}{${inner}"x":${between}[${outer}${texts.join(`,${outer}`)}${inner}]${outer}}`;
    });

  test('reads what JSON.parse reads', () => {
    let tables = 0;
    fc.assert(
      fc.property(body, (text) => {
        const found = read(text);
        if (found === undefined) {
          expect(text).toContain('\\');
          return;
        }
        tables += 1;
        // The keys are in the same order too.
        expect(JSON.stringify(found)).toBe(JSON.stringify(JSON.parse(text)));
        expect(found).toStrictEqual(JSON.parse(text));
      }),
      { seed: SEED, numRuns: 2000 },
    );
    expect(tables).toBeGreaterThan(800);
  });

  test('reads nothing that JSON.parse does not read so', () => {
    const change = fc.tuple(
      fc.nat(400),
      fc.nat(2),
      fc.constantFrom(...'{}[]",:\\0123.-+eEn tfu\n\u0080ä'),
    );
    let tables = 0;
    fc.assert(
      fc.property(body, fc.array(change, { minLength: 1, maxLength: 3 }), (text, changes) => {
        const bytes = changes.reduce<Buffer>((all, [at, removed, added]) => {
          const where = at % (all.length + 1);
          return Buffer.concat([
            all.subarray(0, where),
            Buffer.from(added),
            all.subarray(where + removed),
          ]);
        }, Buffer.from(text));
        const found = read(bytes);
        if (found === undefined) return;
        tables += 1;
        expect(found).toStrictEqual(JSON.parse(bytes.toString()));
        expect(duplicateKeys(bytes.toString())).toEqual([]);
      }),
      { seed: SEED, numRuns: 5000 },
    );
    expect(tables).toBeGreaterThan(500);
  });

  test('numbers are those of JSON.parse to the last bit', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
            fc.tuple(fc.maxSafeNat(), fc.nat(25)).map(([digits, decimals]) => {
              const text = String(digits).padStart(decimals + 1, '0');
              return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
            }),
          ),
          { minLength: 1 },
        ),
        (numbers) => {
          const text = `{"x":[[${numbers.join('],[')}]]}`;
          const { rows } = parseTable(Buffer.from(text))!;
          const { x } = JSON.parse(text) as { x: [number][] };
          expect(x.every(([number], i) => Object.is((rows.at(i) as [number])[0], number))).toBe(
            true,
          );
        },
      ),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
