import { parseCsv } from './csv';

describe('parseCsv', () => {
  it('reads rows and the lines they start on', () => {
    expect(parseCsv('a,b\r\n1,2\n\n3,\n')).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['1', '2'] },
      { line: 4, fields: ['3', ''] },
    ]);
  });

  it('reads quoted fields with commas, quotes and line feeds', () => {
    expect(parseCsv('\ufeff"length, cm","a ""b""","x\ny"\n1,2,3')).toEqual([
      { line: 1, fields: ['length, cm', 'a "b"', 'x\ny'] },
      { line: 3, fields: ['1', '2', '3'] },
    ]);
  });

  it('reads a field that ends the text', () => {
    expect(parseCsv('a,')).toEqual([{ line: 1, fields: ['a', ''] }]);
    expect(parseCsv('"a"')).toEqual([{ line: 1, fields: ['a'] }]);
    expect(parseCsv('')).toEqual([]);
  });

  it.each([
    ['a\n"b', /line 2: a quote is never closed/],
    ['a,"b"c\n', /line 1, column 2: text follows/],
  ])('refuses %j', (text, reason) => {
    expect(() => parseCsv(text)).toThrow(reason);
  });
});
