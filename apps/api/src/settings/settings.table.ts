import { REDIS_FAILURE_POLICIES } from '@inferserve/rate-limit';
import { MODEL_SETTINGS } from './model-settings';
import { ACCESS_SETTINGS } from './access-settings';
import { REDIS_SETTINGS } from './redis-settings';
import { byteSize } from './types/byte-size';
import { flag } from './types/flag';
import { integer } from './types/integer';
import { listOf } from './types/list-of';
import { listenAddress } from './types/listen-address';
import { oneOf } from './types/one-of';
import { optionalByteSize } from './types/optional-byte-size';
import { optionalPath } from './types/optional-path';
import { origins } from './types/origins';
import { seconds } from './types/seconds';
import { trustProxy } from './types/trust-proxy';

/**
 * Every variable of the environment, in the order of the documentation. The parser, the type `Environment`,
 * .env.example, docs/configuration.md and the environment of the API in docker-compose.yml all follow from
 * it: add an entry here, then run `npm run generate`.
 */
export const SETTINGS = {
  port: integer('PORT', {
    group: 'Server',
    default: 8000,
    min: 0,
    max: 65_535,
    meaning:
      'The port that the API listens on; 0 picks a free one. If it is not set, AIP_HTTP_PORT (Vertex AI) or SAGEMAKER_BIND_TO_PORT is used. Compose publishes it on this machine.',
    alsoFrom: ['AIP_HTTP_PORT', 'SAGEMAKER_BIND_TO_PORT'],
    compose: '8000',
  }),
  host: listenAddress('HOST', {
    group: 'Server',
    default: '0.0.0.0',
    meaning: 'The address that the API listens on. Compose ignores it.',
    compose: '0.0.0.0',
  }),
  metricsPort: integer('METRICS_PORT', {
    group: 'Server',
    default: 0,
    min: 0,
    max: 65_535,
    meaning:
      'A separate port for /metrics and /health, which PORT then no longer answers; 0 leaves them on PORT.',
    compose: 'absent',
  }),
  webConcurrency: integer('WEB_CONCURRENCY', {
    group: 'Server',
    default: 1,
    min: 1,
    max: 256,
    meaning: 'Processes that share the port; more than one needs Redis.',
  }),
  maxConnections: integer('MAX_CONNECTIONS', {
    group: 'Server',
    default: 10_000,
    min: 1,
    max: 1_000_000,
    meaning: 'Open connections per process; further ones are closed at once.',
  }),
  maxInFlight: integer('MAX_IN_FLIGHT', {
    group: 'Server',
    default: 1000,
    min: 1,
    max: 1_000_000,
    meaning: 'Requests in progress per process; further ones get 503.',
  }),
  shutdownDelayMs: seconds('SHUTDOWN_DELAY_SECONDS', {
    group: 'Server',
    default: 5,
    min: 0,
    max: 300,
    meaning:
      'How long to keep serving after SIGTERM, while load balancers notice. Give the orchestrator 10 seconds more before it kills the process (stop_grace_period in docker-compose.yml).',
  }),
  ...REDIS_SETTINGS,
  rateLimit: integer('RATE_LIMIT', {
    group: 'Rate limit',
    default: 10,
    min: 0,
    max: 1_000_000,
    meaning: 'Requests accepted from one client in any window; 0 switches the limit off.',
  }),
  rateLimitWindowMs: seconds('RATE_LIMIT_WINDOW_SECONDS', {
    group: 'Rate limit',
    default: 60,
    min: 1,
    max: 31 * 86_400,
    meaning: 'The length of the window in seconds, up to 31 days.',
  }),
  rateLimitDeadlineMs: integer('RATE_LIMIT_DEADLINE_MS', {
    group: 'Rate limit',
    default: 100,
    min: 1,
    max: 10_000,
    meaning:
      'How many milliseconds a decision waits for Redis before RATE_LIMIT_ON_REDIS_FAILURE decides.',
  }),
  onRedisFailure: oneOf('RATE_LIMIT_ON_REDIS_FAILURE', {
    group: 'Rate limit',
    default: 'local',
    values: REDIS_FAILURE_POLICIES,
    meaning:
      'What happens while Redis fails: local (each process enforces the limit on its own), open (no limit), closed (503).',
  }),
  trustProxy: trustProxy('TRUST_PROXY', {
    group: 'Rate limit',
    meaning:
      'The proxies in front of the API, whose X-Forwarded-For names the client: how many there are, or their addresses.',
  }),
  ...ACCESS_SETTINGS,
  bodyLimitBytes: optionalByteSize('BODY_LIMIT', {
    group: 'Requests',
    meaning:
      'The largest body of one prediction; a larger one gets 413. If it is not set, 16kb, or more if a row of the model needs more.',
  }),
  batchBodyLimitBytes: byteSize('BATCH_BODY_LIMIT', {
    group: 'Requests',
    default: '2mb',
    meaning: 'The largest body of a batch; a larger one gets 413.',
  }),
  maxBatchRows: integer('MAX_BATCH_ROWS', {
    group: 'Requests',
    default: 10_000,
    min: 1,
    max: 1_000_000,
    meaning: 'The largest number of rows in a batch; more get 422.',
  }),
  protocols: listOf('PROTOCOLS', {
    group: 'Requests',
    default: ['native', 'v2'],
    values: ['native', 'v2', 'v1', 'mlflow'],
    meaning:
      'The protocols to serve: native (/predict), v2 (Open Inference Protocol, for KServe and Triton clients), v1 (KServe v1, Vertex AI, TensorFlow Serving), mlflow (/invocations, for MLflow and SageMaker).',
  }),
  vertex: {
    predictRoute: optionalPath('AIP_PREDICT_ROUTE', {
      group: 'Requests',
      meaning:
        'The path under which Vertex AI asks for predictions; it is answered as /v1/models/<MODEL_NAME>:predict.',
      compose: 'absent',
    }),
    healthRoute: optionalPath('AIP_HEALTH_ROUTE', {
      group: 'Requests',
      meaning: 'The path of the Vertex AI probe; it is answered as /health/ready.',
      compose: 'absent',
    }),
  },
  corsOrigins: origins('CORS_ORIGINS', {
    group: 'Requests',
    meaning:
      'Origins whose web pages may call the API from a browser; if there are none, no page may.',
  }),
  serverTiming: flag('SERVER_TIMING', {
    group: 'Requests',
    default: false,
    meaning: 'Adds a Server-Timing header with the time of each stage to every prediction.',
  }),
  fastPath: oneOf('FAST_PATH', {
    group: 'Requests',
    default: 'on',
    values: ['on', 'off'],
    meaning:
      'Whether requests take the measured shortcuts; off serves the same answers through plain Nest and Express, at a higher cost.',
  }),
  ...MODEL_SETTINGS,
  logLevel: oneOf('LOG_LEVEL', {
    group: 'Log',
    default: 'info',
    values: ['fatal', 'error', 'warn', 'info', 'debug', 'silent'],
    meaning: 'The least severe level that is logged; requests are logged at info.',
  }),
  logFormat: oneOf('LOG_FORMAT', {
    group: 'Log',
    default: 'auto',
    values: ['auto', 'json', 'pretty'],
    meaning: 'The form of log lines; auto is pretty on a terminal and JSON elsewhere.',
  }),
} as const;
