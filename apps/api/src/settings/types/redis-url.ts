import { isIP } from 'node:net';
import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';
import { parseHostName } from './host-name';

export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** What a URL says about Redis. */
export interface RedisUrl {
  readonly mode: 'single' | 'sentinel' | 'cluster';
  readonly tls: boolean;
  readonly username?: string;
  readonly password?: string;
  /** The server, the Sentinels, or some nodes of the cluster. */
  readonly hosts: readonly HostAndPort[];
  /** Under which the Sentinels know the primary. */
  readonly primaryName?: string;
  readonly db?: number;
}

const DEFAULT_PORTS = { single: 6379, sentinel: 26_379, cluster: 6379 } as const;

/**
 * A setting that is a URL of Redis: `redis://host:6379/0`, `redis+sentinel://host1,host2/primary/0` or
 * `redis+cluster://host1,host2`, with `rediss` for TLS, and a user before the hosts. It is never shown.
 */
export function redisUrl(
  variable: string,
  description: SettingDescription,
): Setting<RedisUrl | undefined> {
  return {
    variable,
    isSecret: true,
    ...description,
    form: 'redis://, redis+sentinel:// or redis+cluster:// (rediss for TLS), then user:password@, hosts with ports, and /database or /primary-name',
    default: '',
    parse: (text) => (text === '' ? undefined : parseRedisUrl(text)),
  };
}

/** Messages never quote what may be part of a password. */
function parseRedisUrl(text: string): RedisUrl {
  // WHATWG URLs allow one host only, so the form is read here. A password may hold any character but / ? # and space.
  const match =
    /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^/?#\s]*)@)?([^/?#@\s]+)(\/[^?#\s]*)?$/i.exec(
      text,
    );
  if (!match) {
    throw new SettingValueError(
      'Characters of a password such as / ? # and space are written as %2F %3F %23 %20',
    );
  }
  const [, scheme = '', kind, user, hosts = '', path = ''] = match;
  const mode = (kind?.toLowerCase() ?? 'single') as RedisUrl['mode'];
  const common = {
    mode,
    tls: scheme.toLowerCase() === 'rediss',
    ...parseUser(user),
    hosts: hosts.split(',').map((host) => parseHost(host, DEFAULT_PORTS[mode])),
  };
  const segments = path.split('/').filter((segment) => segment !== '');
  if (mode === 'single') {
    if (common.hosts.length > 1) {
      throw new SettingValueError('Several hosts need redis+sentinel:// or redis+cluster://');
    }
    return { ...common, ...parseDb(segments) };
  }
  if (mode === 'cluster') {
    if (segments.length > 0) throw new SettingValueError('A cluster has no databases');
    return common;
  }
  const [primaryName, ...rest] = segments;
  if (primaryName === undefined) {
    throw new SettingValueError('The name of the primary is missing: redis+sentinel://hosts/name');
  }
  return { ...common, primaryName: decode(primaryName), ...parseDb(rest) };
}

function parseUser(user: string | undefined): Pick<RedisUrl, 'username' | 'password'> {
  if (user === undefined || user === '') return {};
  const colon = user.indexOf(':');
  const [name, password] =
    colon === -1 ? [user, ''] : [user.slice(0, colon), user.slice(colon + 1)];
  return {
    ...(name === '' ? {} : { username: decode(name) }),
    ...(password === '' ? {} : { password: decode(password) }),
  };
}

function parseHost(text: string, defaultPort: number): HostAndPort {
  const [, bracketed, name, digits] =
    /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? name;
  const port = digits === undefined ? defaultPort : Number(digits);
  const isMisplaced = bracketed !== undefined && isIP(bracketed) !== 6;
  if (host === undefined || isMisplaced || port < 1 || port > 65_535) {
    throw new SettingValueError('A host is a name or an address, with a port from 1 to 65535');
  }
  return { host: parseHostName(host), port };
}

function parseDb(segments: readonly string[]): { readonly db?: number } {
  const [db, ...rest] = segments;
  if (db === undefined) return {};
  if (!/^\d{1,6}$/.test(db) || rest.length > 0) {
    throw new SettingValueError('The last part of the path is the number of a database');
  }
  return { db: Number(db) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new SettingValueError('A % in a name or a password is written as %25');
  }
}
