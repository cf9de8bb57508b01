import { parseEnvironment } from './parse-environment';
import { redisServerOf } from './redis-server-of';

const serverOf = (variables: Readonly<Record<string, string>>) =>
  redisServerOf(parseEnvironment(variables));

describe(redisServerOf.name, () => {
  test('without Redis there is none', () => expect(serverOf({})).toBeUndefined());

  test('from single variables', () => {
    const variables = { REDIS_HOST: 'h', REDIS_PORT: '7', REDIS_DB: '2', REDIS_TLS: 'true' };
    expect(serverOf({ ...variables, REDIS_USERNAME: 'u', REDIS_PASSWORD: 'p' })).toEqual({
      mode: 'single',
      host: 'h',
      port: 7,
      db: 2,
      username: 'u',
      password: 'p',
      tls: true,
      tlsCa: undefined,
    });
  });

  test('from a URL, with the user in variables of their own', () => {
    const variables = { REDIS_URL: 'rediss://h:7/3', REDIS_USERNAME: 'u', REDIS_PASSWORD: 'p' };
    expect(serverOf(variables)).toMatchObject({
      mode: 'single',
      host: 'h',
      port: 7,
      db: 3,
      username: 'u',
      password: 'p',
      tls: true,
    });
  });

  test('from a URL of Sentinels', () => {
    const variables = {
      REDIS_URL: 'redis+sentinel://u:p@a,b/primary',
      REDIS_SENTINEL_USERNAME: 's',
      REDIS_SENTINEL_PASSWORD: 't',
      REDIS_DB: '1',
    };
    expect(serverOf(variables)).toEqual({
      mode: 'sentinel',
      sentinels: [
        { host: 'a', port: 26_379 },
        { host: 'b', port: 26_379 },
      ],
      name: 'primary',
      sentinelUsername: 's',
      sentinelPassword: 't',
      username: 'u',
      password: 'p',
      tls: false,
      tlsCa: undefined,
      db: 1,
    });
  });

  test('from a URL of a cluster', () => {
    expect(serverOf({ REDIS_URL: 'redis+cluster://a,b:2' })).toMatchObject({
      mode: 'cluster',
      nodes: [
        { host: 'a', port: 6379 },
        { host: 'b', port: 2 },
      ],
    });
  });
});
