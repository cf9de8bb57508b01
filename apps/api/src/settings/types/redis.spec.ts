import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SettingValueError } from '../setting-value.error';
import { keyPrefix } from './key-prefix';
import { pemFile } from './pem-file';
import { redisUrl } from './redis-url';

const ABOUT = { group: 'Test', meaning: 'For this test.' };

describe(redisUrl.name, () => {
  const setting = redisUrl('REDIS_URL', ABOUT);
  const single = { mode: 'single', tls: false };

  test.each([
    ['', undefined],
    ['redis://redis', { ...single, hosts: [{ host: 'redis', port: 6379 }] }],
    ['REDIS://10.0.0.1:7000/', { ...single, hosts: [{ host: '10.0.0.1', port: 7000 }] }],
    ['redis://[::1]:7000/3', { ...single, hosts: [{ host: '::1', port: 7000 }], db: 3 }],
    [
      'rediss://app:s%2Fe%40c:r@redis.example.com:6380/0',
      {
        ...single,
        tls: true,
        username: 'app',
        password: 's/e@c:r',
        hosts: [{ host: 'redis.example.com', port: 6380 }],
        db: 0,
      },
    ],
    ['redis://:p@ss@h', { ...single, password: 'p@ss', hosts: [{ host: 'h', port: 6379 }] }],
    ['redis://app@h', { ...single, username: 'app', hosts: [{ host: 'h', port: 6379 }] }],
    [
      'redis+sentinel://u:p@h1,h2:26380,[::1]:3/my%20primary/2',
      {
        mode: 'sentinel',
        tls: false,
        username: 'u',
        password: 'p',
        hosts: [
          { host: 'h1', port: 26_379 },
          { host: 'h2', port: 26_380 },
          { host: '::1', port: 3 },
        ],
        primaryName: 'my primary',
        db: 2,
      },
    ],
    [
      'rediss+cluster://u:p@h1,h2:7001',
      {
        mode: 'cluster',
        tls: true,
        username: 'u',
        password: 'p',
        hosts: [
          { host: 'h1', port: 6379 },
          { host: 'h2', port: 7001 },
        ],
      },
    ],
  ])('%j', (text, value) => {
    expect(setting.parse(text)).toEqual(value);
  });

  test.each([
    'redis',
    'redis:host',
    'http://host',
    'redis://',
    'redis://host:0',
    'redis://host:65536',
    'redis://host:x',
    'redis://host/x',
    'redis://host/1/2',
    'redis://host?db=1',
    'redis://a,b',
    'redis://a,',
    'redis://[host]',
    'redis://::1',
    'redis://u:100%@host',
    'redis://u:p#w@host',
    'redis+sentinel://a,b',
    'redis+sentinel://a,b/name/x',
    'redis+cluster://a,b/1',
    'redis+other://a',
  ])('%j is refused', (text) => {
    expect(() => setting.parse(text)).toThrow(SettingValueError);
  });

  test('no message quotes any part of the URL', () => {
    for (const text of [
      'redis://u:W0rd%@h',
      'redis://u:W0rd#@h',
      'redis://h/W0rd',
      'redis://W0rd:x',
    ]) {
      let message = '';
      try {
        setting.parse(text);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).not.toBe('');
      expect(message).not.toContain('W0rd');
    }
  });
});

describe(pemFile.name, () => {
  const setting = pemFile('CA', ABOUT);
  const folder = mkdtempSync(join(tmpdir(), 'pem-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('gives the text of the file', () => {
    const file = join(folder, 'ca.pem');
    const text = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n';
    writeFileSync(file, text);
    expect([setting.parse(''), setting.parse(file)]).toEqual([undefined, text]);
  });

  test('refuses a missing file and one that holds no certificate', () => {
    expect(() => setting.parse(join(folder, 'none'))).toThrow('It cannot be read (ENOENT)');
    writeFileSync(join(folder, 'key.pem'), '-----BEGIN PRIVATE KEY-----\n');
    expect(() => setting.parse(join(folder, 'key.pem'))).toThrow('It holds no certificate');
  });
});

test.each([
  ['ratelimit', true],
  ['iris-v2.prod_1', true],
  ['a:b', false],
  ['{a}', false],
  ['a*', false],
  ['a b', false],
  ['', false],
  ['x'.repeat(65), false],
])('%j as a prefix of keys: %j', (text, isGood) => {
  const { parse } = keyPrefix('P', { ...ABOUT, default: 'p' });
  if (isGood) expect(parse(text)).toBe(text);
  else expect(() => parse(text)).toThrow(SettingValueError);
});
