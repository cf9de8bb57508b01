import { readFileSync } from 'node:fs';
import { InvalidEnvironmentError } from './invalid-environment.error';
import { misspeltVariables } from './misspelt-variables';
import { parseEnvironment } from './parse-environment';

/** The faults of these variables, one line each. */
function faultsOf(variables: Readonly<Record<string, string>>): readonly string[] {
  try {
    parseEnvironment(variables);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidEnvironmentError);
    return (error as InvalidEnvironmentError).faults;
  }
}

describe(parseEnvironment.name, () => {
  test('has the published defaults', () => {
    expect(parseEnvironment({})).toEqual({
      port: 8000,
      host: '0.0.0.0',
      metricsPort: 0,
      apiKeysFile: undefined,
      auth: 'optional',
      webConcurrency: 1,
      maxConnections: 10_000,
      maxInFlight: 1000,
      shutdownDelayMs: 5000,
      redis: {
        url: undefined,
        host: '',
        port: 6379,
        username: undefined,
        password: undefined,
        tls: false,
        tlsCa: undefined,
        db: 0,
        sentinelUsername: undefined,
        sentinelPassword: undefined,
      },
      redisKeyPrefix: 'ratelimit',
      rateLimit: 10,
      rateLimitWindowMs: 60_000,
      rateLimitDeadlineMs: 100,
      onRedisFailure: 'local',
      trustProxy: false,
      bodyLimitBytes: undefined,
      fastPath: 'on',
      batchBodyLimitBytes: 2_097_152,
      maxBatchRows: 10_000,
      protocols: ['native', 'v2'],
      vertex: { predictRoute: undefined, healthRoute: undefined },
      corsOrigins: [],
      serverTiming: false,
      artifactsDir: 'artifacts',
      modelPath: undefined,
      modelName: undefined,
      modelVersion: undefined,
      models: undefined,
      shadows: [],
      modelReloadMs: 0,
      adminPort: 0,
      adminHost: '127.0.0.1',
      logLevel: 'info',
      logFormat: 'auto',
      notices: [],
    });
  });

  test('an empty variable counts as not set, and space around a value does not matter', () => {
    const variables = { PORT: '', REDIS_PASSWORD: ' ', RATE_LIMIT: ' 7 ', LOG_LEVEL: '' };
    expect(parseEnvironment(variables)).toEqual({ ...parseEnvironment({}), rateLimit: 7 });
  });

  test('a variable of a platform counts where the own one is not set', () => {
    expect(parseEnvironment({ AIP_HTTP_PORT: '8080', SAGEMAKER_BIND_TO_PORT: '1' }).port).toBe(
      8080,
    );
    expect(parseEnvironment({ PORT: '', SAGEMAKER_BIND_TO_PORT: '8081' }).port).toBe(8081);
    expect(parseEnvironment({ PORT: '9000', AIP_HTTP_PORT: '8080' }).port).toBe(9000);
  });

  test('what Vertex AI asks needs its protocol', () => {
    expect(faultsOf({ AIP_PREDICT_ROUTE: '/predict' })).toEqual([
      expect.stringMatching(/^AIP_PREDICT_ROUTE, which Vertex AI sets, needs v1 among PROTOCOLS/),
    ]);
    expect(faultsOf({ AIP_PREDICT_ROUTE: 'predict', AIP_HEALTH_ROUTE: '/a b' })).toEqual([
      'AIP_PREDICT_ROUTE="predict" must be a path such as /predict',
      'AIP_HEALTH_ROUTE="/a b" must be a path such as /predict',
    ]);
  });

  test('names every bad variable at once, in the order of the documentation', () => {
    const faults = faultsOf({ LOG_LEVEL: 'loud', REDIS_TLS: 'yes', PORT: 'eighty', HOST: '[::]' });
    expect(faults).toEqual([
      'PORT="eighty" must be a whole number from 0 to 65535',
      expect.stringMatching(/^HOST="\[::\]" must be an address .*\. Write ::, without brackets/),
      'REDIS_TLS="yes" must be true or false',
      'LOG_LEVEL="loud" must be fatal, error, warn, info, debug or silent',
    ]);
  });

  test('reports faults that were found elsewhere with its own, and each variable once', () => {
    const known = new Map([['HOST', 'HOST does not resolve']]);
    const parse = () => parseEnvironment({ HOST: '[::]', PORT: '-1' }, known);
    expect(parse).toThrow(
      new InvalidEnvironmentError([
        'HOST does not resolve',
        'PORT="-1" must be a whole number from 0 to 65535',
      ]),
    );
  });

  test('several processes need Redis', () => {
    expect(faultsOf({ WEB_CONCURRENCY: '2' })).toEqual([
      'WEB_CONCURRENCY above 1 needs REDIS_HOST or REDIS_URL: without Redis each process would count alone',
    ]);
    expect(faultsOf({ WEB_CONCURRENCY: '2', REDIS_HOST: 'redis' })).toEqual([]);
    expect(faultsOf({ WEB_CONCURRENCY: '2', REDIS_URL: 'redis://redis' })).toEqual([]);
  });

  test('a rule about variables that are bad by themselves is not asked', () => {
    expect(faultsOf({ WEB_CONCURRENCY: '2', REDIS_HOST: 'redis://r' })).toEqual([
      expect.stringMatching(/^REDIS_HOST="redis:\/\/r" must be a host name or an address\. Leave/),
    ]);
  });

  test.each(['tcp://10.96.12.34:6379', 'tcp://[fd00::1]:6379', 'udp://10.0.0.1:53'])(
    'REDIS_PORT=%s, a service link of Kubernetes, counts as not set and is reported',
    (link) => {
      const { redis, notices } = parseEnvironment({ REDIS_PORT: link, REDIS_HOST: 'redis' });
      expect(redis.port).toBe(6379);
      expect(notices).toEqual([expect.stringMatching(/^REDIS_PORT=.*enableServiceLinks: false/)]);
    },
  );

  test.each([
    ['RATE_LIMITT', 'RATE_LIMIT'],
    ['RATELIMIT', 'RATE_LIMIT'],
    ['REDIS_PASWORD', 'REDIS_PASSWORD'],
    ['WEB_CONCURENCY', 'WEB_CONCURRENCY'],
    ['rate_limit', 'RATE_LIMIT'],
  ])('%s is reported as what may be meant for %s, without its value', (name, meant) => {
    const { notices } = parseEnvironment({ [name]: 'secret' });
    expect(notices).toEqual([`${name} is no setting of this server. Is ${meant} meant?`]);
  });

  test('the variables of a system and of the container stack are not reported', () => {
    const others = ['HOME', 'PATH', 'HOSTNAME', 'SHELL', 'LOGNAME', 'LC_ALL', 'NODE_OPTIONS', 'TZ'];
    const stack = readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm);
    const names = [...others, ...Array.from(stack, ([, name]) => name!)];
    expect(names.length).toBeGreaterThan(40);
    const links = Object.fromEntries(
      ['HOST', 'PORT', 'PORT_6379_TCP', 'SERVICE_HOST', 'SERVICE_PORT'].map((end) => [
        `REDIS_MASTER_${end}`,
        'x',
      ]),
    );
    const all = { ...Object.fromEntries(names.map((name) => [name, 'x'])), ...links };
    expect(misspeltVariables(all)).toEqual([]);
  });

  test.each<Readonly<Record<string, string>>>([
    { REDIS_PORT: 'http://10.0.0.1:80' },
    { REDIS_PORT: 'tcp://10.0.0.1' },
    { REDIS_HOST: 'tcp://10.96.12.34:6379' },
    { PORT: 'tcp://10.96.12.34:8000' },
  ])('%j is no service link', (variables) => {
    expect(faultsOf(variables)).toHaveLength(1);
  });

  test.each([
    [{ REDIS_URL: 'redis://a', REDIS_HOST: 'b' }, 'REDIS_URL and REDIS_HOST exclude each other'],
    [{ REDIS_URL: 'redis://a', REDIS_TLS: 'true' }, 'write rediss:// in the URL'],
    [{ REDIS_URL: 'redis://u:p@a', REDIS_USERNAME: 'v' }, 'REDIS_USERNAME is also in REDIS_URL'],
    [{ REDIS_URL: 'redis://:p@a', REDIS_PASSWORD: 'q' }, 'REDIS_PASSWORD is also in REDIS_URL'],
    [{ REDIS_URL: 'redis+cluster://a', REDIS_DB: '1' }, 'a cluster has no databases'],
    [{ REDIS_URL: 'redis://a/2', REDIS_DB: '1' }, 'state the database once'],
    [{ REDIS_URL: 'redis://a', REDIS_SENTINEL_PASSWORD: 'p' }, 'need REDIS_URL=redis+sentinel'],
    [{ MODELS: 'a,b@2', MODEL_VERSION: '2' }, 'write the version there'],
    [{ MODELS: 'a,b@2', MODEL_NAME: 'c' }, 'MODEL_NAME, the default model, is not among MODELS'],
    [{ MODELS: 'a', MODEL_PATH: '/mnt/models' }, 'unset one of them'],
    [{ MODEL_PATH: 'gs://bucket/model/' }, 'MODEL_PATH must be a path of this machine: copy'],
    [{ ARTIFACTS_DIR: 's3://bucket/models' }, 'ARTIFACTS_DIR must be a path of this machine: copy'],
    [{ ADMIN_PORT: '8000' }, 'ADMIN_PORT must differ from PORT'],
    [{ REDIS_HOST: 'a', REDIS_SENTINEL_USERNAME: 'u' }, 'need REDIS_URL=redis+sentinel'],
  ])('%j is one fault', (variables, fault) => {
    expect(faultsOf(variables as Readonly<Record<string, string>>)).toEqual([
      expect.stringContaining(fault),
    ]);
  });

  test.each<Readonly<Record<string, string>>>([
    { REDIS_URL: 'redis://u@a', REDIS_PASSWORD: 'p' },
    { MODELS: 'a,b@2', MODEL_NAME: 'b', ADMIN_PORT: '8001' },
    { MODELS: '*', MODEL_NAME: 'b' },
    { MODEL_PATH: 'C:\\models\\a', ARTIFACTS_DIR: '/gs:/a' },
    { REDIS_URL: 'rediss://a', REDIS_TLS: 'true' },
    { REDIS_URL: 'redis://a/1', REDIS_DB: '1' },
    { REDIS_URL: 'redis+sentinel://a/primary', REDIS_SENTINEL_PASSWORD: 'p' },
  ])('%j is none', (variables) => {
    expect(faultsOf(variables)).toEqual([]);
  });

  test('never shows a secret', () => {
    const secret = 'S3cret/word';
    const faults = faultsOf({ REDIS_URL: `redis://user:${secret}@host`, REDIS_PASSWORD: secret });
    expect(faults).toEqual([expect.stringMatching(/^REDIS_URL must be redis:/)]);
    expect(faults.join()).not.toContain('S3cret');
  });
});
