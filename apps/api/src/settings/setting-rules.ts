import type { Environment } from './environment';

/** A rule that no single variable shows. */
export interface SettingRule {
  /** The rule is asked only where these are good by themselves. */
  readonly variables: readonly string[];
  /** What is wrong and what to do, `undefined` where nothing is. */
  readonly faultOf: (environment: Environment) => string | undefined;
}

export const SETTING_RULES: readonly SettingRule[] = [
  {
    variables: ['PROTOCOLS', 'AIP_PREDICT_ROUTE'],
    faultOf: ({ protocols, vertex }) =>
      vertex.predictRoute !== undefined && !protocols.includes('v1')
        ? 'AIP_PREDICT_ROUTE, which Vertex AI sets, needs v1 among PROTOCOLS: set PROTOCOLS=native,v2,v1'
        : undefined,
  },
  {
    variables: ['WEB_CONCURRENCY', 'REDIS_HOST'],
    faultOf: ({ webConcurrency, redis }) =>
      webConcurrency > 1 && redis.host === ''
        ? 'WEB_CONCURRENCY above 1 needs REDIS_HOST: without Redis each process would count alone'
        : undefined,
  },
];
