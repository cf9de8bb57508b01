import { parseCsv, separatorHint } from './csv';

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

  it('reads any line ends, also mixed ones', () => {
    const rows = [
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['1', '2'] },
      { line: 4, fields: ['3', '4'] },
    ];
    expect(parseCsv('a,b\r1,2\r\r3,4\r')).toEqual(rows);
    expect(parseCsv('a,b\r\n1,2\n\r3,4')).toEqual(rows);
  });

  it('counts lines inside quotes', () => {
    expect(parseCsv('a\r\n"x\r\n\r\ny"\r\nz')).toEqual([
      { line: 1, fields: ['a'] },
      { line: 2, fields: ['x\n\ny'] },
      { line: 5, fields: ['z'] },
    ]);
  });

  it('keeps spaces', () => {
    expect(parseCsv('x,x , x\n')).toEqual([{ line: 1, fields: ['x', 'x ', ' x'] }]);
  });

  it('keeps rows of any length', () => {
    expect(parseCsv('a,b\n1\n1,2,3').map(({ fields }) => fields.length)).toEqual([2, 1, 3]);
  });

  it.each([
    ['a\n"b', /^line 2: a quote is never closed\.$/],
    ['a\nb\n"c\nd\n', /^line 3: a quote is never closed\.$/],
    ['a,"b"c\n', /^line 1, column 2: text follows a closing quote\.$/],
    ['a,b\n1,5" disk\n', /^line 2, column 2: a quote inside a field; /],
    ['"a";"b"\n1;2\n', /text follows a closing quote\. The header is separated by semicolons/],
  ])('rejects %j', (text, reason) => {
    expect(() => parseCsv(text)).toThrow(reason);
  });
});

describe('separatorHint', () => {
  it.each([
    ['a;b;c\r1;2;3', 'semicolons'],
    ['a\tb\n1\t2', 'tabs'],
    ['a|b\n', 'vertical bars'],
    ['length, cm;width;class\n', 'semicolons'],
  ])('of %j speaks of %s', (text, name) => expect(separatorHint(text)).toContain(` by ${name}: `));

  it.each(['a,b\n1;2;3', 'a', '', 'a;b,c,d'])('of %j is empty', (text) =>
    expect(separatorHint(text)).toBe(''),
  );
});
