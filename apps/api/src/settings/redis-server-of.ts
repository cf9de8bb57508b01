import type { Environment } from './environment';
import type { HostAndPort } from './types/redis-url';

interface Access {
  readonly username?: string;
  readonly password?: string;
  readonly tls: boolean;
  /** Certificates of the authorities to trust, PEM. */
  readonly tlsCa?: string;
}

/** The Redis that counts, in the form that the rate limiter takes. */
export type RedisServerSettings =
  | (Access & HostAndPort & { readonly mode: 'single'; readonly db: number })
  | (Access & {
      readonly mode: 'sentinel';
      readonly sentinels: readonly HostAndPort[];
      readonly name: string;
      readonly sentinelUsername?: string;
      readonly sentinelPassword?: string;
      readonly db: number;
    })
  | (Access & { readonly mode: 'cluster'; readonly nodes: readonly HostAndPort[] });

/** The Redis of REDIS_URL or of the single variables; `undefined` where each process counts in memory. */
export function redisServerOf({
  redis,
}: Pick<Environment, 'redis'>): RedisServerSettings | undefined {
  const { url } = redis;
  const access = {
    username: url?.username ?? redis.username,
    password: url?.password ?? redis.password,
    tls: url?.tls ?? redis.tls,
    tlsCa: redis.tlsCa,
  };
  if (url === undefined) {
    if (redis.host === '') return undefined;
    return { ...access, mode: 'single', host: redis.host, port: redis.port, db: redis.db };
  }
  const { mode, hosts, db = redis.db } = url;
  if (mode === 'cluster') return { ...access, mode, nodes: hosts };
  if (mode === 'single') return { ...access, mode, ...hosts[0]!, db };
  return {
    ...access,
    mode,
    sentinels: hosts,
    name: url.primaryName!,
    sentinelUsername: redis.sentinelUsername,
    sentinelPassword: redis.sentinelPassword,
    db,
  };
}
