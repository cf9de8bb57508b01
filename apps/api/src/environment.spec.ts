import { readFileSync } from 'node:fs';
import { parseEnvironment } from './environment';

const SOURCE = readFileSync(`${__dirname}/environment.ts`, 'utf8');
const EXAMPLE = readFileSync('.env.example', 'utf8');

describe(parseEnvironment.name, () => {
  test('has the published defaults', () => {
    expect(parseEnvironment({})).toMatchObject({
      port: 8000,
      host: '0.0.0.0',
      redis: { host: '', port: 6379, username: undefined, password: undefined, tls: false },
      rateLimit: 10,
      rateLimitWindowMs: 60_000,
      onRedisFailure: 'local',
      trustProxy: false,
      bodyLimitBytes: 16_384,
      artifactsDir: 'artifacts',
      modelName: 'iris',
      modelVersion: undefined,
      logLevel: 'info',
    });
  });

  test('names every bad variable at once', () => {
    expect(() =>
      parseEnvironment({ PORT: 'eighty', RATE_LIMIT: '-1', REDIS_TLS: 'yes', LOG_LEVEL: 'loud' }),
    ).toThrow(/PORT="eighty".*\n.*REDIS_TLS="yes".*\n.*RATE_LIMIT="-1".*\n.*LOG_LEVEL="loud"/);
  });

  test.each([
    ['', false],
    ['0', false],
    ['1', 1],
    ['3', 3],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, 2001:db8::/32,192.0.2.1', ['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']],
  ])('TRUST_PROXY=%j is %j', (text, trustProxy) => {
    expect(parseEnvironment({ TRUST_PROXY: text }).trustProxy).toEqual(trustProxy);
  });

  test.each([
    'true',
    '-1',
    '1.5',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    'proxy.example',
    '10.0.0.0/x',
    ',',
  ])('TRUST_PROXY=%j is refused', (text) => {
    expect(() => parseEnvironment({ TRUST_PROXY: text })).toThrow('TRUST_PROXY');
  });

  test.each([
    ['512', 512],
    ['1b', 1],
    ['16kb', 16_384],
    ['1MB', 1_048_576],
  ])('BODY_LIMIT=%s is %d bytes', (text, bytes) => {
    expect(parseEnvironment({ BODY_LIMIT: text }).bodyLimitBytes).toBe(bytes);
  });

  test.each(['0', '16 kb', '-1', '1gb', '65mb', 'kb'])('BODY_LIMIT=%j is refused', (text) => {
    expect(() => parseEnvironment({ BODY_LIMIT: text })).toThrow('BODY_LIMIT');
  });

  test('.env.example lists every variable, in the same order', () => {
    const inSource = [...SOURCE.matchAll(/'([A-Z][A-Z_]+)'/g)].map((match) => match[1]);
    const inExample = [...EXAMPLE.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(inExample).toEqual([...new Set(inSource)]);
  });

  test('.env.example gives the defaults, but for the password that Compose needs', () => {
    const variables = Object.fromEntries(
      [...EXAMPLE.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((match) => [match[1]!, match[2]!]),
    );
    expect(variables['REDIS_PASSWORD']).not.toBe('');
    expect(parseEnvironment({ ...variables, REDIS_PASSWORD: '' })).toEqual(parseEnvironment({}));
  });
});
