import { Logger } from '@nestjs/common';
import type { RedisFailurePolicy } from './rate-limit-options';
import { type RedisFailure, redisFailure, type RedisFailureKind } from './redis-failure';

const REMEDIES: Record<RedisFailureKind, string> = {
  timeout: 'it does not answer in time',
  connection: 'it cannot be reached: check its address and whether it expects TLS',
  tls: 'its certificate is not trusted: set REDIS_TLS_CA to the file of its authority, check the host name',
  credentials: 'it refuses the credentials: check REDIS_USERNAME and REDIS_PASSWORD',
  permission: 'the user may not run the script: allow +eval +evalsha and its commands on the keys',
  readonly: 'it does not accept writes: connect to the primary',
  persistence: 'it refuses writes because it cannot save its data: check its disk',
  out_of_memory: 'it is out of memory: raise maxmemory or allow eviction',
  unavailable: 'it is not able to answer yet',
  cluster: 'it is a node of a Redis Cluster: use REDIS_URL=redis+cluster://…',
  wrong_type: 'a key of the limiter holds something else: set REDIS_KEY_PREFIX',
  unsupported:
    'it does not know the commands: Redis 5 or later is needed, not a Sentinel or a proxy',
  malformed: 'its replies make no sense: is something else listening there?',
  other: 'it replies with an error',
};

/** Kinds that need an operator, and therefore get a line of their own even during an outage. */
const NEEDS_OPERATOR: ReadonlySet<RedisFailureKind> = new Set([
  'tls',
  'credentials',
  'permission',
  'readonly',
  'persistence',
  'out_of_memory',
  'cluster',
  'unsupported',
]);

/** One line when Redis, or a shard of it, becomes unavailable, one for each further cause, one on recovery. */
export class OutageLog {
  private readonly logger = new Logger('RateLimit');
  private readonly announced = new Map<string, Set<RedisFailureKind>>();
  private unusableKeyReported = false;

  constructor(private readonly policy: RedisFailurePolicy) {}

  opened(owner: string, cause: unknown): void {
    this.announce(owner, redisFailure(cause));
  }

  /** A probe failed, or the connection again, while the outage lasts. */
  stillOpen(owner: string, cause: unknown): void {
    const failure = redisFailure(cause);
    if (NEEDS_OPERATOR.has(failure.kind)) this.announce(owner, failure);
  }

  closed(owner: string): void {
    this.announced.delete(owner);
    this.logger.log(`${nameOf(owner)} recovered; limits are shared again`);
  }

  /** One key is unusable; others are not affected. Logged once per process. */
  keyUnusable(cause: unknown): void {
    const { kind, code } = redisFailure(cause);
    if (this.unusableKeyReported) return;
    this.unusableKeyReported = true;
    this.logger.warn(`Redis cannot count for a client (${code}): ${REMEDIES[kind]}`);
  }

  private announce(owner: string, { kind, code }: RedisFailure): void {
    const kinds = this.announced.get(owner) ?? new Set();
    if (kinds.has(kind)) return;
    this.announced.set(owner, kinds.add(kind));
    this.logger.error(
      `${nameOf(owner)} unavailable (${code}): ${REMEDIES[kind]}. Applying failure policy "${this.policy}"`,
    );
  }
}

function nameOf(owner: string): string {
  return owner === '' ? 'Redis' : `Redis shard ${owner}`;
}
