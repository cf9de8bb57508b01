import { parseMediaType } from './media-type';

/** RFC 9110, sections 5.6.6 and 8.3.1. */
describe(parseMediaType.name, () => {
  test.each<[string, string, [string, string][]]>([
    ['application/json', 'application/json', []],
    ['Application/JSON', 'application/json', []],
    [' application/json ', 'application/json', []],
    ['application/json;', 'application/json', []],
    ['application/json;;', 'application/json', []],
    ['application/json; charset=utf-8;', 'application/json', [['charset', 'utf-8']]],
    ['application/json;charset="UTF-8"', 'application/json', [['charset', 'UTF-8']]],
    ['application/json; Charset="u\\tf-8"', 'application/json', [['charset', 'utf-8']]],
    [
      'application/json; odata.metadata=minimal; q="a;b=c"',
      'application/json',
      [
        ['odata.metadata', 'minimal'],
        ['q', 'a;b=c'],
      ],
    ],
    ['application/vnd.api+json; v=1', 'application/vnd.api+json', [['v', '1']]],
  ])('%j', (text, essence, parameters) => {
    const type = parseMediaType(text);
    expect(type?.essence).toBe(essence);
    expect([...type!.parameters]).toEqual(parameters);
  });

  test.each([
    '',
    'json',
    '/json',
    'application/',
    'application/json, text/plain',
    'application/json charset=utf-8',
    'application/json; charset',
    'application/json; charset=',
    'application/json; charset = utf-8',
    'application/json; charset="utf-8',
    'application/json; charset=utf-8; charset=latin1',
    'application/json; =x',
  ])('%j is malformed', (text) => {
    expect(parseMediaType(text)).toBeUndefined();
  });
});
