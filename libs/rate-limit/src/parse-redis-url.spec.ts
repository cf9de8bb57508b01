import { InvalidRedisUrlError, parseRedisUrl } from './parse-redis-url';
import { describeRedis } from './redis-server';

const at = (host: string, port: number) => ({ host, port });

describe(parseRedisUrl.name, () => {
  test.each([
    ['redis://cache', { mode: 'single', ...at('cache', 6379), db: 0, tls: false }],
    ['rediss://cache:6380/3', { mode: 'single', ...at('cache', 6380), db: 3, tls: true }],
    ['redis://cache/', { mode: 'single', ...at('cache', 6379), db: 0, tls: false }],
    [' REDIS://10.0.0.1 ', { mode: 'single', ...at('10.0.0.1', 6379), db: 0, tls: false }],
    [
      'redis://[2001:db8::1]:7000',
      { mode: 'single', ...at('2001:db8::1', 7000), db: 0, tls: false },
    ],
    [
      'redis://app:p%40ss%2Fw%3Ard@cache',
      {
        ...at('cache', 6379),
        mode: 'single',
        username: 'app',
        password: 'p@ss/w:rd',
        db: 0,
        tls: false,
      },
    ],
    [
      'redis://:only-a-password@cache',
      { ...at('cache', 6379), mode: 'single', password: 'only-a-password', db: 0, tls: false },
    ],
    [
      'redis://app@cache',
      { ...at('cache', 6379), mode: 'single', username: 'app', db: 0, tls: false },
    ],
    [
      // Not encoded, but clear.
      'redis://app:a@b/c:d@cache/1',
      {
        ...at('cache', 6379),
        mode: 'single',
        username: 'app',
        password: 'a@b/c:d',
        db: 1,
        tls: false,
      },
    ],
    [
      'redis+sentinel://s1,s2:26380,[::1]/limits',
      {
        mode: 'sentinel',
        sentinels: [at('s1', 26379), at('s2', 26380), at('::1', 26379)],
        name: 'limits',
        db: 0,
        tls: false,
      },
    ],
    [
      'rediss+sentinel://u:p@s1/my%20primary/2',
      {
        mode: 'sentinel',
        sentinels: [at('s1', 26379)],
        name: 'my primary',
        db: 2,
        username: 'u',
        password: 'p',
        tls: true,
      },
    ],
    [
      'rediss+cluster://u:p@n1:7000, n2:7001',
      {
        mode: 'cluster',
        nodes: [at('n1', 7000), at('n2', 7001)],
        username: 'u',
        password: 'p',
        tls: true,
      },
    ],
    ['redis+cluster://n1/0', { mode: 'cluster', nodes: [at('n1', 6379)], tls: false }],
  ])('%s', (url, expected) => {
    expect(parseRedisUrl(url)).toEqual(expected);
  });

  test.each([
    ['cache:6379', 'known scheme'],
    ['http://cache', 'known scheme'],
    ['redis+proxy://cache', 'known scheme'],
    ['', 'known scheme'],
    ['redis://', 'host is missing'],
    ['redis://:secret@', 'host is missing'],
    ['redis://cache:0', 'host'],
    ['redis://cache:65536', 'host'],
    ['redis://cache:port', 'host'],
    ['redis://a b', 'host'],
    ['redis://cache:6379:1', 'host'],
    ['redis://[::1', 'host'],
    ['redis://a,b', '\\+sentinel or \\+cluster'],
    ['redis+cluster://a,,b', 'host is missing'],
    ['redis://cache/x', 'database'],
    ['redis://cache/-1', 'database'],
    ['redis://cache/0/1', 'only a database'],
    ['redis+cluster://a/1', 'no database but 0'],
    ['redis+sentinel://a', 'name of the primary'],
    ['redis+sentinel://a/', 'name of the primary'],
    ['redis+sentinel://a/name/0/more', 'name of the primary'],
    ['redis+sentinel://a/name/x', 'database'],
    ['redis://cache?db=1', 'not supported'],
    ['redis://cache#1', 'not supported'],
    ['redis://u:100%@cache', 'percent-encoded'],
  ])('%j is refused', (url, problem) => {
    expect(() => parseRedisUrl(url)).toThrow(InvalidRedisUrlError);
    expect(() => parseRedisUrl(url)).toThrow(new RegExp(problem));
  });

  test('no secret is ever in an error or a description', () => {
    for (const url of [
      'redis://u:s3cret@',
      'redis://u:s3cret@a,b',
      'x://u:s3cret@h',
      'redis://u:s3cret%@h',
    ]) {
      expect(() => parseRedisUrl(url)).toThrow(expect.not.objectContaining({ message: /s3cret/ }));
      let message = '';
      try {
        parseRedisUrl(url);
      } catch (error) {
        message = (error as Error).message;
      }
      expect(message).not.toBe('');
      expect(message).not.toContain('s3cret');
    }
    const url = '://u:s3cret@a:1,b:2';
    expect(describeRedis(parseRedisUrl(`redis+cluster${url}`))).toBe('cluster a:1,b:2');
    expect(describeRedis(parseRedisUrl(`redis+sentinel${url}/n`))).toBe('"n" by Sentinel a:1,b:2');
    expect(describeRedis(parseRedisUrl('redis://u:s3cret@a'))).toBe('at a:6379');
  });
});
