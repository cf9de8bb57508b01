import type { Setting } from '../setting';
import { SettingValueError } from '../setting-value.error';
import { byteSize } from './byte-size';
import { flag } from './flag';
import { integer } from './integer';
import { listenAddress } from './listen-address';
import { listOf } from './list-of';
import { modelList } from './model-list';
import { modelVersions } from './model-versions';
import { oneOf } from './one-of';
import { origins } from './origins';
import { remoteHost } from './remote-host';
import { seconds } from './seconds';
import { trustProxy } from './trust-proxy';

const ABOUT = { group: 'Test', meaning: 'For this test.' };

function remedyOf(setting: Setting<unknown>, text: string): string {
  try {
    setting.parse(text);
  } catch (error) {
    if (error instanceof SettingValueError) return error.message;
    throw error;
  }
  throw new Error(`${JSON.stringify(text)} is accepted`);
}

describe(integer.name, () => {
  const setting = integer('N', { ...ABOUT, default: 5, min: 2, max: 10 });
  test.each(['2', '10', '007'])('%j is a number', (text) => {
    expect(setting.parse(text)).toBe(Number(text));
  });
  test.each(['1', '11', '-3', '+3', '3.5', '3e0', '0x3', '٣', '3 ', 'NaN'])(
    '%j is none',
    (text) => {
      expect(remedyOf(setting, text)).toBe('');
    },
  );
});

test('seconds become milliseconds', () => {
  const setting = seconds('S', { ...ABOUT, default: 5, min: 0, max: 300 });
  expect(setting.parse('300')).toBe(300_000);
  expect(setting.default).toBe('5');
});

test('a flag is exactly true or false', () => {
  const setting = flag('F', { ...ABOUT, default: false });
  expect([setting.parse('true'), setting.parse('false'), setting.default]).toEqual([
    true,
    false,
    'false',
  ]);
  for (const text of ['1', 'yes', 'TRUE', 'on', '']) expect(remedyOf(setting, text)).toBe('');
});

test('one of a few words', () => {
  const setting = oneOf('O', { ...ABOUT, default: 'a', values: ['a', 'b', 'c'] });
  expect([setting.parse('b'), setting.form]).toEqual(['b', 'a, b or c']);
  expect(remedyOf(setting, 'toString')).toBe('');
});

test('some of a few words, each once', () => {
  const setting = listOf('L', { ...ABOUT, default: ['a'], values: ['a', 'b', 'c'] });
  expect([setting.parse('c, a,c'), setting.default]).toEqual([['c', 'a'], 'a']);
  expect(remedyOf(setting, 'a,d')).toBe('d is none of them');
  expect(remedyOf(setting, 'a,')).toBe('One of them is empty');
  expect(remedyOf(setting, 'toString')).toBe('toString is none of them');
});

test('a list of models', () => {
  const setting = modelList('M', ABOUT);
  expect(setting.parse('iris, churn@3,price')).toEqual([
    { name: 'iris' },
    { name: 'churn', version: '3' },
    { name: 'price' },
  ]);
  expect([setting.parse(''), setting.parse('*')]).toEqual([undefined, '*']);
  expect(remedyOf(setting, 'iris,')).toMatch(/^"" is not the name of a model\. Use up to 64/);
  expect(remedyOf(setting, 'Iris')).toMatch(/^"Iris" is not the name/);
  expect(remedyOf(setting, 'iris@')).toBe('"iris@" must have one version behind one @');
  expect(remedyOf(setting, 'iris@1@2')).toBe('"iris@1@2" must have one version behind one @');
  expect(remedyOf(setting, 'a,b,a')).toBe('a is listed twice');
});

test('versions of models', () => {
  const setting = modelVersions('M', ABOUT);
  expect(setting.parse('churn@4, price@2')).toEqual([
    { name: 'churn', version: '4' },
    { name: 'price', version: '2' },
  ]);
  expect(setting.parse('')).toEqual([]);
  expect(remedyOf(setting, 'churn')).toBe('churn must have a version behind an @');
  expect(remedyOf(setting, 'churn@4,churn@5')).toBe('churn is listed twice');
});

describe(byteSize.name, () => {
  const setting = byteSize('B', { ...ABOUT, default: '16kb' });
  test.each([
    ['512', 512],
    ['1b', 1],
    ['16kb', 16_384],
    ['1MB', 1_048_576],
    ['64mb', 67_108_864],
  ])('%s is %d bytes', (text, bytes) => {
    expect(setting.parse(text)).toBe(bytes);
  });
  test.each(['0', '16 kb', '-1', '1gb', '65mb', 'kb', '1.5mb'])('%j is refused', (text) => {
    expect(remedyOf(setting, text)).toBe('');
  });
});

describe(trustProxy.name, () => {
  const setting = trustProxy('T', ABOUT);
  test.each([
    ['', false],
    ['0', false],
    ['1', 1],
    ['3', 3],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, 2001:db8::/32,192.0.2.1', ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']],
    // proxy-addr reads netmasks too, so they are good.
    ['10.0.0.0/255.0.0.0', ['10.0.0.0/255.0.0.0']],
  ])('%j is %j', (text, value) => {
    expect(setting.parse(text)).toEqual(value);
  });
  test.each([
    ['true', 'every client choose its address'],
    ['TRUE', 'every client choose its address'],
    ['false', 'invalid IP address: false'],
    ['-1', 'invalid IP address: -1'],
    ['1.5', 'invalid IP address: 1.5'],
    ['100', 'A number stands alone, and is at most 99'],
    ['loopback,1', 'A number stands alone'],
    ['10.0.0.0/33', 'invalid range on address: 10.0.0.0/33'],
    ['0.0.0.0/0', 'invalid range on address: 0.0.0.0/0'],
    ['10.0.0.0/8/8', 'invalid IP address: 10.0.0.0/8'],
    ['proxy.example', 'invalid IP address: proxy.example'],
    ['loopback,', 'invalid IP address: '],
    ['toString', 'invalid IP address: toString'],
  ])('%j is refused', (text, remedy) => {
    expect(remedyOf(setting, text)).toContain(remedy);
  });
});

describe(listenAddress.name, () => {
  const setting = listenAddress('HOST', { ...ABOUT, default: '0.0.0.0' });
  test.each(['0.0.0.0', '::', '127.0.0.1', '::1', 'fe80::1%eth0', 'localhost', 'api', 'a.b-c.de'])(
    '%j is accepted',
    (text) => {
      expect(setting.parse(text)).toBe(text);
    },
  );
  test.each([
    'x86_64-conda-linux-gnu',
    'aarch64-conda-linux-gnu',
    'powerpc64le-conda-linux-gnu',
    'arm64-apple-darwin20.0.0',
    'x86_64-apple-darwin13.4.0',
    'i686-pc-linux-gnu',
    'x86_64-w64-mingw32',
  ])('%j is the name of a platform', (text) => {
    expect(remedyOf(setting, text)).toMatch(/conda.*set HOST=0\.0\.0\.0/);
  });
  test.each([
    ['[::]', 'Write ::, without brackets'],
    ['[::1]:8000', 'Write ::1, without brackets'],
    ['http://0.0.0.0', 'Leave out the scheme'],
    ['http://0.0.0.0:8000/', 'Leave out the scheme'],
    ['0.0.0.0:8000', 'Leave out the port'],
    ['localhost:8000', 'Leave out the port'],
    ['0.0.0', ''],
    ['256.0.0.1', ''],
    ['*', ''],
    ['a b', ''],
    ['-a', ''],
    ['a..b', ''],
    ['a/b', ''],
    ['::g', ''],
    ['[x]', ''],
    ['a'.repeat(64), ''],
  ])('%j is refused', (text, remedy) => {
    expect(remedyOf(setting, text)).toContain(remedy);
  });
});

describe(remoteHost.name, () => {
  const setting = remoteHost('R', ABOUT);
  test.each(['', 'redis', 'my_redis', 'redis.example.com.', '10.0.0.1', 'x86_64-box'])(
    '%j is accepted',
    (text) => {
      expect(setting.parse(text)).toBe(text);
    },
  );
  test.each(['redis://redis', 'redis:6379', '[::1]', 'a,b', 'user@redis'])(
    '%j is refused',
    (text) => {
      expect(() => setting.parse(text)).toThrow(SettingValueError);
    },
  );
});

describe(origins.name, () => {
  const setting = origins('C', ABOUT);
  test.each([
    ['', []],
    ['*', ['*']],
    ['https://a.example', ['https://a.example']],
    [
      'https://a.example:8443 , http://localhost:3000',
      ['https://a.example:8443', 'http://localhost:3000'],
    ],
    ['http://[::1]:3000', ['http://[::1]:3000']],
    ['capacitor://localhost', ['capacitor://localhost']],
    ['chrome-extension://abcdef', ['chrome-extension://abcdef']],
  ])('%j is %j', (text, value) => {
    expect(setting.parse(text)).toEqual(value);
  });
  test.each([
    ['https://a.example/', 'Browsers send https://a.example, not https://a.example/'],
    ['a.example', 'Browsers send https://a.example, not a.example'],
    ['localhost:3000', 'Browsers send https://localhost:3000, not'],
    ['https://A.example', 'Browsers send https://a.example, not'],
    ['https://a.example:443', 'Browsers send https://a.example, not'],
    ['http://a.example:80', 'Browsers send http://a.example, not'],
    ['https://a.example/path?q#f', 'Browsers send https://a.example, not'],
    ['https://user@a.example', 'Browsers send https://a.example, not'],
    ['https://bücher.example', 'Browsers send https://xn--bcher-kva.example, not'],
    ['https://*.example', 'is a pattern'],
    ['https://a.example,*', '* stands alone'],
    ['https://a.example,', 'One of them is empty'],
    ['https://a.example https://b.example', 'is not an origin'],
    ['null', 'null is the origin of every sandboxed page'],
    ['https://', 'is not an origin'],
    ['file:///x', 'is not an origin'],
  ])('%j is refused', (text, remedy) => {
    expect(remedyOf(setting, text)).toContain(remedy);
  });
});
