import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { expectGenerated } from '../../../../../test/support/generated-file';
import { envFileFaults } from '../env-file';
import { flatSettings } from '../flat-settings';
import { parseEnvironment } from '../parse-environment';
import { composeEnvironment } from './compose-environment';
import { configurationPage } from './configuration-page';
import { envExample } from './env-example';

const VARIABLES = flatSettings().map(({ variable }) => variable);

describe('the table of settings', () => {
  test('has each variable once, in capitals', () => {
    expect(new Set(VARIABLES).size).toBe(VARIABLES.length);
    for (const variable of VARIABLES) expect(variable).toMatch(/^[A-Z][A-Z\d_]*$/);
  });

  test('has defaults that its own parsers accept', () => {
    for (const { parse: read, default: fallback } of flatSettings()) {
      expect(() => read(fallback)).not.toThrow();
    }
  });

  test('explains each variable in a sentence', () => {
    for (const { meaning } of flatSettings()) expect(meaning).toMatch(/^[A-Z].+\.$/);
  });
});

describe('.env.example', () => {
  const example = envExample();

  test('is current', () => expectGenerated('.env.example', example));

  test('has every variable, in lines of at most 112 characters', () => {
    expect(Object.keys(parse(example))).toEqual(VARIABLES);
    expect(Math.max(...example.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(112);
  });

  test('gives the defaults, but for the password that Compose needs', () => {
    const variables = parse(example);
    expect(variables['REDIS_PASSWORD']).not.toBe('');
    expect(parseEnvironment({ ...variables, REDIS_PASSWORD: '' })).toEqual(parseEnvironment({}));
  });

  test('is a good file', () => expect(envFileFaults(Buffer.from(example))).toEqual([]));
});

describe('docs/configuration.md', () => {
  const page = configurationPage();

  test('is current', () => expectGenerated('docs/configuration.md', page));

  test('has a row for every variable', () => {
    expect([...page.matchAll(/^\| `([A-Z_\d]+)`/gm)].map(([, name]) => name)).toEqual(VARIABLES);
  });
});

describe('docker-compose.yml', () => {
  const API_ENVIRONMENT = /(?<=\n {2}api:\n[^]*?) {4}environment:\n(?: {6,}.*\n)+/;

  test('has the current environment of the API', () =>
    expectGenerated('docker-compose.yml', composeEnvironment(), API_ENVIRONMENT));

  test('gives the API every variable but those that the stack decides', () => {
    const compose = readFileSync('docker-compose.yml', 'utf8');
    const environment = API_ENVIRONMENT.exec(compose)![0];
    const names = [...environment.matchAll(/^ {6}([A-Z_\d]+):/gm)].map(([, name]) => name!);
    // Redis is the stack's own: its default user, on a network that nobody else is on. Vertex AI runs no Compose.
    const absent = VARIABLES.filter((variable) => !names.includes(variable));
    expect(absent).toEqual([
      // Prometheus and the health check of the image ask the public port.
      'METRICS_PORT',
      'REDIS_URL',
      'REDIS_USERNAME',
      'REDIS_TLS',
      'REDIS_TLS_CA',
      'REDIS_DB',
      'REDIS_SENTINEL_USERNAME',
      'REDIS_SENTINEL_PASSWORD',
      // A file that the container would have to be given.
      'API_KEYS_FILE',
      'AUTH',
      'AIP_PREDICT_ROUTE',
      'AIP_HEALTH_ROUTE',
      // The stack mounts ARTIFACTS_DIR.
      'MODEL_PATH',
      // Nothing that has no password is opened.
      'ADMIN_PORT',
      'ADMIN_HOST',
    ]);
  });
});
