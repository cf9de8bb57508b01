import fc from 'fast-check';
import { mayRepeatKeys } from '../fast-path/may-repeat-keys';
import { duplicateKeys } from './duplicate-keys';

describe(duplicateKeys.name, () => {
  test.each<[string, (string | number)[][]]>([
    ['{"a":1,"b":2}', []],
    ['{"a":1,"a":2}', [['a']]],
    ['{"a":1,"a":2,"a":3}', [['a'], ['a']]],
    ['{"a":1,"\\u0061":2}', [['a']]],
    ['{"a\\"":1,"a\\"" :2}', [['a"']]],
    ['{"a\\\\":1,"a":2}', []],
    ['{"a":":","b":"a\\":1,\\"a"}', []],
    ['{"__proto__":1,"__proto__":2,"":1,"":2}', [['__proto__'], ['']]],
    ['[{"a":1},{"a":1}]', []],
    ['{"a":{"a":1},"b":{"a":1}}', []],
    [
      '{"instances":[{"x":1},{"x":1,"y":[0,{"z":1,"z":2}],"x":2}]}',
      [
        ['instances', 1, 'y', 1, 'z'],
        ['instances', 1, 'x'],
      ],
    ],
    ['"a:b"', []],
    ['[]', []],
    [' { "a" : 1 , "a" : 2 } ', [['a']]],
  ])('%s', (text, paths) => {
    expect(duplicateKeys(text)).toEqual(paths);
    const colonInString = text.includes('":"') || text.includes('a:b');
    expect(mayRepeatKeys(text, JSON.parse(text))).toBe(paths.length > 0 || colonInString);
  });

  test('stops at the number asked for', () => {
    expect(duplicateKeys(`{${'"a":1,'.repeat(50)}"a":1}`, 3)).toHaveLength(3);
  });

  test('a million levels do not exhaust the stack', () => {
    const text = '['.repeat(500_000) + ']'.repeat(500_000);
    expect(duplicateKeys(text)).toEqual([]);
    expect(mayRepeatKeys(text, JSON.parse(text))).toBe(false);
  });

  test('finds as many as JSON.parse drops, and the cheap check never misses one', () => {
    const json = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('1', '"x"', '"a:b"', 'null', '"\\""', '{}', '[]'),
        fc.array(tie('value'), { maxLength: 4 }).map((values) => `[${values.join()}]`),
        fc
          .array(fc.tuple(fc.constantFrom('a', 'b', '\\u0061', 'c:', ''), tie('value')), {
            maxLength: 5,
          })
          .map((members) => `{${members.map(([key, value]) => `"${key}":${value}`).join()}}`),
      ),
    })).value;
    let repeated = 0;
    fc.assert(
      fc.property(json, (text) => {
        // A reviver sees each member that is kept; what the text has more was dropped, with all below it.
        const found = duplicateKeys(text);
        if (found.length > 0) {
          repeated += 1;
          expect(mayRepeatKeys(text, JSON.parse(text))).toBe(true);
        } else {
          expect(JSON.stringify(JSON.parse(text)).length).toBe(unescaped(text).length);
        }
      }),
      { seed: 20261123, numRuns: 3000 },
    );
    expect(repeated).toBeGreaterThan(200);
  });
});

const unescaped = (text: string): string => text.replaceAll('\\u0061', 'a');
