import { ADDRESS_REMEDY, isAddress } from '@inferserve/model-store';
import type { Environment } from './environment';

/** A rule that no single variable shows. */
export interface SettingRule {
  /** The rule is asked only where these are good by themselves. */
  readonly variables: readonly string[];
  /** What is wrong and what to do, `undefined` where nothing is. */
  readonly faultOf: (environment: Environment) => string | undefined;
}

/** A rule from a condition that must not hold. */
function never(
  variables: readonly string[],
  isBroken: (environment: Environment) => boolean,
  fault: string,
): SettingRule {
  return { variables, faultOf: (environment) => (isBroken(environment) ? fault : undefined) };
}

/** A rule that a path leads to something on this machine. */
function local(
  variable: string,
  pathOf: (environment: Environment) => string | undefined,
): SettingRule {
  return never(
    [variable],
    (environment) => isAddress(pathOf(environment) ?? ''),
    `${variable} must be a path of this machine: ${ADDRESS_REMEDY}`,
  );
}

export const SETTING_RULES: readonly SettingRule[] = [
  local('ARTIFACTS_DIR', ({ artifactsDir }) => artifactsDir),
  local('MODEL_PATH', ({ modelPath }) => modelPath),
  never(
    ['PORT', 'METRICS_PORT'],
    ({ port, metricsPort }) => metricsPort !== 0 && metricsPort === port,
    'METRICS_PORT must differ from PORT: it takes the metrics off the public port',
  ),
  never(
    ['METRICS_PORT', 'ADMIN_PORT'],
    ({ metricsPort, adminPort }) => metricsPort !== 0 && metricsPort === adminPort,
    'METRICS_PORT must differ from ADMIN_PORT: whoever may read metrics may not load models',
  ),
  never(
    ['MODELS', 'MODEL_VERSION'],
    ({ models, modelVersion }) => models !== undefined && modelVersion !== undefined,
    'MODEL_VERSION does not apply to MODELS: write the version there, as in churn@3',
  ),
  never(
    ['MODELS', 'MODEL_PATH'],
    ({ models, modelPath }) => models !== undefined && modelPath !== undefined,
    'MODEL_PATH is one model, MODELS are several in ARTIFACTS_DIR: unset one of them',
  ),
  never(
    ['MODELS', 'MODEL_NAME'],
    ({ models, modelName }) =>
      Array.isArray(models) &&
      modelName !== undefined &&
      models.every(({ name }) => name !== modelName),
    'MODEL_NAME, the default model, is not among MODELS: add it there or unset it',
  ),
  never(
    ['PORT', 'ADMIN_PORT'],
    ({ port, adminPort }) => adminPort !== 0 && adminPort === port,
    'ADMIN_PORT must differ from PORT: what it offers must not be public',
  ),
  never(
    ['PROTOCOLS', 'AIP_PREDICT_ROUTE'],
    ({ protocols, vertex }) => vertex.predictRoute !== undefined && !protocols.includes('v1'),
    'AIP_PREDICT_ROUTE, which Vertex AI sets, needs v1 among PROTOCOLS: set PROTOCOLS=native,v2,v1',
  ),
  never(
    ['AUTH', 'API_KEYS_FILE'],
    ({ auth, apiKeysFile }) => auth === 'required' && apiKeysFile === undefined,
    'AUTH=required needs API_KEYS_FILE: without keys nobody could call',
  ),
  never(
    ['WEB_CONCURRENCY', 'REDIS_HOST', 'REDIS_URL'],
    ({ webConcurrency, redis }) => webConcurrency > 1 && redis.host === '' && !redis.url,
    'WEB_CONCURRENCY above 1 needs REDIS_HOST or REDIS_URL: without Redis each process would count alone',
  ),
  never(
    ['REDIS_URL', 'REDIS_HOST'],
    ({ redis }) => redis.url !== undefined && redis.host !== '',
    'REDIS_URL and REDIS_HOST exclude each other: unset one of them',
  ),
  never(
    ['REDIS_URL', 'REDIS_TLS'],
    ({ redis }) => redis.url?.tls === false && redis.tls,
    'REDIS_TLS=true contradicts REDIS_URL: write rediss:// in the URL',
  ),
  never(
    ['REDIS_URL', 'REDIS_USERNAME'],
    ({ redis }) => redis.url?.username !== undefined && redis.username !== undefined,
    'REDIS_USERNAME is also in REDIS_URL: state it once',
  ),
  never(
    ['REDIS_URL', 'REDIS_PASSWORD'],
    ({ redis }) => redis.url?.password !== undefined && redis.password !== undefined,
    'REDIS_PASSWORD is also in REDIS_URL: state it once',
  ),
  never(
    ['REDIS_URL', 'REDIS_DB'],
    ({ redis }) => redis.db > 0 && redis.url?.mode === 'cluster',
    'REDIS_DB must be 0 or unset with redis+cluster://: a cluster has no databases',
  ),
  never(
    ['REDIS_URL', 'REDIS_DB'],
    ({ redis }) => redis.db > 0 && redis.url?.db !== undefined && redis.url.db !== redis.db,
    'REDIS_DB contradicts REDIS_URL: state the database once',
  ),
  never(
    ['REDIS_URL', 'REDIS_SENTINEL_USERNAME', 'REDIS_SENTINEL_PASSWORD'],
    ({ redis }) =>
      redis.url?.mode !== 'sentinel' &&
      (redis.sentinelUsername !== undefined || redis.sentinelPassword !== undefined),
    'REDIS_SENTINEL_USERNAME and REDIS_SENTINEL_PASSWORD need REDIS_URL=redis+sentinel://…',
  ),
  never(
    ['REDIS_URL', 'REDIS_TLS', 'REDIS_TLS_CA'],
    ({ redis }) => redis.tlsCa !== undefined && !(redis.url?.tls ?? redis.tls),
    'REDIS_TLS_CA needs a connection with TLS: REDIS_TLS=true, or rediss:// in REDIS_URL',
  ),
];
