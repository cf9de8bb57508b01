/** A host with the port that Redis, or a Sentinel, listens on. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

interface RedisAccess {
  readonly username?: string;
  readonly password?: string;
  readonly tls: boolean;
  /** PEM certificates of the authorities to trust instead of Node's own list. */
  readonly tlsCa?: string;
}

/** One Redis at a fixed address. */
export interface SingleRedis extends RedisAccess, HostAndPort {
  readonly mode?: 'single';
  readonly db?: number;
}

/** A primary that Sentinels watch and replace. */
export interface SentinelRedis extends RedisAccess {
  readonly mode: 'sentinel';
  readonly sentinels: readonly HostAndPort[];
  /** The name under which the Sentinels know the primary. */
  readonly name: string;
  readonly sentinelUsername?: string;
  readonly sentinelPassword?: string;
  readonly db?: number;
}

/** A Redis Cluster, found through some of its nodes. */
export interface ClusterRedis extends RedisAccess {
  readonly mode: 'cluster';
  readonly nodes: readonly HostAndPort[];
}

/** Where the counts are kept. */
export type RedisServer = SingleRedis | SentinelRedis | ClusterRedis;

/** The addresses for log lines; never a name or password of a user. */
export function describeRedis(server: RedisServer): string {
  const list = (hosts: readonly HostAndPort[]): string =>
    hosts.map(({ host, port }) => `${host}:${port}`).join(',');
  if (server.mode === 'cluster') return `cluster ${list(server.nodes)}`;
  if (server.mode === 'sentinel') return `"${server.name}" by Sentinel ${list(server.sentinels)}`;
  return `at ${list([server])}`;
}
