import { isIP } from 'node:net';
import { registerAs } from '@nestjs/config';
import {
  DEFAULT_DEADLINE_MS,
  DEFAULT_KEY_PREFIX,
  REDIS_FAILURE_POLICIES,
  type RedisFailurePolicy,
} from '@inferserve/rate-limit';
import { EnvironmentReader } from './environment-reader';

/** The settings of the process; README and .env.example list the variables behind them. */
export type Environment = ReturnType<typeof parseEnvironment>;

/** Reads `process.env` (and .env, through ConfigModule) once; inject it by `environmentConfig.KEY`. */
// oxlint-disable-next-line node/no-process-env -- the one place that reads it
export const environmentConfig = registerAs('environment', () => parseEnvironment(process.env));

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
const LOG_FORMATS = ['auto', 'json', 'pretty'] as const;
const TRUSTED_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * Settings with their defaults.
 * @throws InvalidEnvironmentError that names every bad variable at once
 */
export function parseEnvironment(variables: Readonly<Record<string, string | undefined>>) {
  const read = new EnvironmentReader(variables);
  const environment = {
    port: read.integer('PORT', 8000, 0, 65_535),
    host: read.text('HOST', '0.0.0.0'),
    webConcurrency: read.integer('WEB_CONCURRENCY', 1, 1, 256),
    redis: {
      host: read.text('REDIS_HOST', ''),
      port: read.integer('REDIS_PORT', 6379, 1, 65_535),
      username: read.text('REDIS_USERNAME', '') || undefined,
      password: read.text('REDIS_PASSWORD', '') || undefined,
      tls: read.flag('REDIS_TLS', false),
      db: read.integer('REDIS_DB', 0, 0, 1_000_000),
    },
    redisKeyPrefix: read.text('REDIS_KEY_PREFIX', DEFAULT_KEY_PREFIX),
    rateLimit: read.integer('RATE_LIMIT', 10, 0, 1_000_000),
    rateLimitWindowMs: read.integer('RATE_LIMIT_WINDOW_SECONDS', 60, 1, 31 * 86_400) * 1000,
    rateLimitDeadlineMs: read.integer('RATE_LIMIT_DEADLINE_MS', DEFAULT_DEADLINE_MS, 1, 10_000),
    onRedisFailure: read.oneOf<RedisFailurePolicy>(
      'RATE_LIMIT_ON_REDIS_FAILURE',
      'local',
      REDIS_FAILURE_POLICIES,
    ),
    trustProxy: read.parsed('TRUST_PROXY', '', parseTrustProxy, TRUST_PROXY_FORM),
    bodyLimitBytes: read.parsed('BODY_LIMIT', '16kb', parseBytes, BYTES_FORM),
    maxBatchRows: read.integer('MAX_BATCH_ROWS', 10_000, 1, 1_000_000),
    batchBodyLimitBytes: read.parsed('BATCH_BODY_LIMIT', '2mb', parseBytes, BYTES_FORM),
    maxConnections: read.integer('MAX_CONNECTIONS', 10_000, 1, 1_000_000),
    maxInFlight: read.integer('MAX_IN_FLIGHT', 1_000, 1, 1_000_000),
    artifactsDir: read.text('ARTIFACTS_DIR', 'artifacts'),
    modelName: read.text('MODEL_NAME', 'iris'),
    modelVersion: read.text('MODEL_VERSION', '') || undefined,
    shutdownDelayMs: read.integer('SHUTDOWN_DELAY_SECONDS', 5, 0, 300) * 1000,
    corsOrigins: read.list('CORS_ORIGINS'),
    serverTiming: read.flag('SERVER_TIMING', false),
    logLevel: read.oneOf('LOG_LEVEL', 'info', LOG_LEVELS),
    logFormat: read.oneOf('LOG_FORMAT', 'auto', LOG_FORMATS),
  } as const;
  if (environment.webConcurrency > 1 && environment.redis.host === '') {
    read.refuse(
      'WEB_CONCURRENCY above 1 needs REDIS_HOST: without it each worker would count alone',
    );
  }
  read.throwIfInvalid();
  return environment;
}

const BYTES_FORM = 'a size such as 16kb or 1mb, at most 64mb';

/** Bytes of `512`, `16kb` or `1mb`. */
function parseBytes(text: string): number | undefined {
  const match = /^(\d{1,9})(b|kb|mb)?$/i.exec(text);
  if (!match) return undefined;
  const unit = { b: 1, kb: 1024, mb: 1024 ** 2 }[(match[2] ?? 'b').toLowerCase()] ?? 1;
  const bytes = Number(match[1]) * unit;
  return bytes >= 1 && bytes <= 64 * 1024 ** 2 ? bytes : undefined;
}

const TRUST_PROXY_FORM =
  'a number of proxies, or addresses and networks such as 10.0.0.0/8,loopback; never "true", which lets clients forge their address';

/** What Express takes for "trust proxy": hops, or the networks of the proxies; `false` where it is empty. */
function parseTrustProxy(text: string): number | string[] | false | undefined {
  if (text === '') return false;
  if (/^\d{1,2}$/.test(text)) return Number(text) === 0 ? false : Number(text);
  const parts = text.split(',').map((part) => part.trim());
  return parts.every(isNetwork) ? parts : undefined;
}

function isNetwork(text: string): boolean {
  if (TRUSTED_NAMES.includes(text)) return true;
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return (
    prefix === undefined ||
    (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
  );
}
