import { createHash } from 'node:crypto';
import { ApiKeySet } from './api-key-set';
import { apiKeyLine, createApiKey, hashApiKey } from './create-api-key';
import { parseKeyLimit } from './key-limit';
import { parseApiKeys } from './parse-api-keys';

/** SHA-256 of "abc" and of the empty text: FIPS 180-2, appendix B.1, and the well-known value. */
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe(parseApiKeys.name, () => {
  const parse = (text: string) => parseApiKeys(text, 'keys');

  test('reads name, hash and limit, between comments and blank lines', () => {
    const text = `\uFEFF# clients\r\n\r\nmobile-app ${ABC}\n  batch.job_1\t${EMPTY.toUpperCase()}  1000/minute \n`;
    expect(parse(text)).toEqual([
      { name: 'mobile-app', sha256: Buffer.from(ABC, 'hex') },
      {
        name: 'batch.job_1',
        sha256: Buffer.from(EMPTY, 'hex'),
        limit: { limit: 1000, windowMs: 60_000 },
      },
    ]);
  });

  test('a client may have two keys, with one limit', () => {
    expect(parse(`a ${ABC} 5/hour\na ${EMPTY} 5/hour`)).toHaveLength(2);
    expect(() => parse(`a ${ABC} 5/hour\na ${EMPTY}`)).toThrow(/line 2.*same limit/);
  });

  test.each([
    [`a b ${ABC} 1/day x`, /line 1 has more/],
    [`ä ${ABC}`, /line 1: the name must be/],
    [`a isk_secret`, /line 1: behind the name stands the SHA-256/],
    [`a ${ABC} 0/minute`, /line 1: behind the SHA-256 stands a limit/],
    [`a ${ABC} 10/year`, /line 1: behind the SHA-256 stands a limit/],
    [`a ${ABC}\nb ${ABC.toUpperCase()}`, /line 2 repeats the key of line 1/],
  ])('%j is refused by its line', (text, fault) => {
    expect(() => parse(text)).toThrow(fault);
  });

  test('names all bad lines, and shows none: a key may stand where its hash should', () => {
    const act = () => parse('a isk_secret\nb isk_other');
    expect(act).toThrow(/line 1.*line 2/);
    expect(act).not.toThrow(/isk_/);
  });
});

describe(parseKeyLimit.name, () => {
  test.each([
    ['1/second', { limit: 1, windowMs: 1_000 }],
    ['1000000/day', { limit: 1_000_000, windowMs: 86_400_000 }],
    ['1000001/day', undefined],
    ['1/constructor', undefined],
    ['', undefined],
  ])('%j', (text, expected) => expect(parseKeyLimit(text)).toEqual(expected));
});

describe(ApiKeySet.name, () => {
  test('finds a key by its SHA-256, and no other text', () => {
    const set = new ApiKeySet(parseApiKeys(`a ${ABC}\nb ${EMPTY}`, 'keys'));
    expect(set.find('abc')?.name).toBe('a');
    expect(set.find('')?.name).toBe('b');
    expect(set.find('abd')).toBeUndefined();
    expect(set.find(ABC)).toBeUndefined();
    expect(set.clientCount).toBe(2);
  });

  test('a hash that agrees in the first 32 bits only is another key', () => {
    const near = Buffer.from(ABC, 'hex');
    near[31]! ^= 1;
    const keys = [{ name: 'near', sha256: near }];
    expect(new ApiKeySet(keys).find('abc')).toBeUndefined();
    const both = [...keys, { name: 'right', sha256: Buffer.from(ABC, 'hex') }];
    expect(new ApiKeySet(both).find('abc')?.name).toBe('right');
  });
});

test('a new key is found by the line that is written for it', () => {
  const key = createApiKey();
  expect(key).toMatch(/^isk_[\w-]{43}$/);
  expect(createApiKey()).not.toBe(key);
  expect(hashApiKey(key).toString('hex')).toBe(createHash('sha256').update(key).digest('hex'));
  const keys = parseApiKeys(apiKeyLine('app', key, '1000/minute'), 'line');
  expect(new ApiKeySet(keys).find(key)).toMatchObject({ name: 'app', limit: { limit: 1000 } });
});
