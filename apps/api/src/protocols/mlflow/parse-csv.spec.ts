import { parseCsv } from './parse-csv';

test.each<[string, string[][]]>([
  ['', []],
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,\n,\n',
    [
      ['a', ''],
      ['', ''],
    ],
  ],
  ['a,', [['a', '']]],
  ['"a,b","c""d","e\nf"\n', [['a,b', 'c"d', 'e\nf']]],
  ['""', [['']]],
  ['\n', [['']]],
])('%j', (text, records) => {
  expect(parseCsv(text)).toEqual(records);
});

test.each(['"a', 'a"b', '"a"b', 'a\n"b'])('%j is not CSV', (text) => {
  expect(() => parseCsv(text)).toThrow(/^record \d is not valid CSV$/);
});

test('a megabyte of quotes takes no time', () => {
  const started = performance.now();
  expect(() => parseCsv(`"${'""'.repeat(500_000)}`)).toThrow(RangeError);
  expect(performance.now() - started).toBeLessThan(1000);
});
