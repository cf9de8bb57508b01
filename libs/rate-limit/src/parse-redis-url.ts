import type { HostAndPort, RedisServer } from './redis-server';

const FORMS =
  'redis[s]://user:password@host:6379/0, redis[s]+sentinel://user:password@host:26379,host:26379/name or ' +
  'redis[s]+cluster://user:password@host:6379,host:6379';
const REDIS_PORT = 6379;
const SENTINEL_PORT = 26379;

/** A URL that is not valid for Redis. The message states the problem and never quotes the URL, which may hold a password. */
export class InvalidRedisUrlError extends Error {
  override readonly name = 'InvalidRedisUrlError';

  constructor(problem: string, options?: ErrorOptions) {
    super(`${problem}. The forms are ${FORMS}`, options);
  }
}

/**
 * Reads a URL of one Redis, of a primary behind Sentinels or of a cluster; several hosts have commas between
 * them, user and password are percent-encoded.
 * @example parseRedisUrl('rediss+sentinel://app:p%40ss@s1,s2:26380/limits')
 * @throws InvalidRedisUrlError
 */
export function parseRedisUrl(url: string): RedisServer {
  const [, secure, mode = 'single', rest] =
    /^redis(s?)(?:\+(sentinel|cluster))?:\/\/(.*)$/i.exec(url.trim()) ?? [];
  if (rest === undefined) throw new InvalidRedisUrlError('It does not begin with a known scheme');
  // A password may hold anything, a host nothing of that: the last @ divides them.
  const at = rest.lastIndexOf('@');
  const [hosts = '', ...path] = rest.slice(at + 1).split('/');
  if (/[?#]/.test(rest.slice(at + 1))) {
    throw new InvalidRedisUrlError('Parameters after ? or # are not supported');
  }
  const access = { ...credentials(rest.slice(0, Math.max(at, 0))), tls: secure !== '' };
  switch (mode.toLowerCase()) {
    case 'sentinel': {
      const [name = '', db, ...more] = path.map(decode);
      if (name === '' || more.length > 0) {
        throw new InvalidRedisUrlError('After the Sentinels it needs /, the name of the primary');
      }
      const sentinels = hostsOf(hosts, SENTINEL_PORT);
      return { mode: 'sentinel', sentinels, name, db: database(db), ...access };
    }
    case 'cluster':
      if (path.some((part) => part !== '' && part !== '0')) {
        throw new InvalidRedisUrlError('A cluster has no database but 0');
      }
      return { mode: 'cluster', nodes: hostsOf(hosts, REDIS_PORT), ...access };
    default: {
      const [host, ...others] = hostsOf(hosts, REDIS_PORT);
      if (!host || others.length > 0) {
        throw new InvalidRedisUrlError('Several hosts need +sentinel or +cluster in the scheme');
      }
      if (path.length > 1)
        throw new InvalidRedisUrlError('After the host only a database can follow');
      return { mode: 'single', ...host, db: database(path[0]), ...access };
    }
  }
}

function credentials(text: string): { readonly username?: string; readonly password?: string } {
  if (text === '') return {};
  const colon = text.indexOf(':');
  const username = decode(colon === -1 ? text : text.slice(0, colon));
  const password = colon === -1 ? '' : decode(text.slice(colon + 1));
  return {
    ...(username !== '' && { username }),
    ...(password !== '' && { password }),
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new InvalidRedisUrlError('A % must begin a percent-encoded character (%25 is %)', {
      cause,
    });
  }
}

function database(text = ''): number {
  if (text === '') return 0;
  if (!/^\d{1,6}$/.test(text)) throw new InvalidRedisUrlError('The database is not a number');
  return Number(text);
}

function hostsOf(text: string, defaultPort: number): HostAndPort[] {
  return text.split(',').map((part) => {
    const match = /^(?:\[([\da-f:.]+)\]|([^\s:[\]]+))(?::(\d{1,5}))?$/i.exec(part.trim());
    const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
    const host = match?.[1] ?? match?.[2];
    if (host === undefined || port < 1 || port > 65_535) {
      throw new InvalidRedisUrlError('A host is missing, or is not of the form host or host:port');
    }
    return { host, port };
  });
}
