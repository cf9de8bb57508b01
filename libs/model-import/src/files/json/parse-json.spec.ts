import { parseJson } from './parse-json';

const parse = (text: string) => parseJson(Buffer.from(text));

describe('parseJson', () => {
  it('reads JSON as it is', () => {
    expect(parse('{"a":[1,2.5,"NaN",null,true],"b\\"":{"NaN":"Infinity"}}')).toEqual({
      a: [1, 2.5, 'NaN', null, true],
      'b"': { NaN: 'Infinity' },
    });
  });

  it('takes a bare NaN for null and keeps infinities', () => {
    expect(parse('[NaN, 1, -Infinity, Infinity, NaN]')).toEqual([
      null,
      1,
      -Infinity,
      Infinity,
      null,
    ]);
  });

  it.each([
    ['{"a":Nan}', /not valid JSON/],
    ['{"a":NaNs}', /not valid JSON/],
    ['[1', /not valid JSON/],
    ['"open', /not valid JSON/],
    ['['.repeat(5000), /nested too deep/],
  ])('refuses %.20s', (text, reason) => {
    expect(() => parse(text)).toThrow(reason);
  });
});
