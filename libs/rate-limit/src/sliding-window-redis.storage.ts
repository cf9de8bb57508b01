import { setTimeout as sleep } from 'node:timers/promises';
import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import { Cluster, type Redis } from 'ioredis';

import { type HitBatch, HitBatcher } from './hit-batcher';
import { keySlot } from './key-slot';
import { type LimitDecision, type LimitRecord, toThrottlerRecord } from './limit-decision';
import { probeKey } from './limit-key';
import { redisFailure } from './redis-failure';
import { RedisReplyError } from './redis-reply.error';
import { RedisScript } from './redis-script';
import { BUCKETED_WINDOW_LUA, SLIDING_WINDOW_LUA } from './sliding-window.lua';
import { UndeliveredError } from './undelivered.error';
import type { UnsharedHits } from './unshared-hits';
import { isExact } from './window-rule';
import { ADD_TO_BUCKETS_LUA, ADD_TO_LOG_LUA } from './write-back.lua';

const EXACT = new RedisScript(SLIDING_WINDOW_LUA);
const BUCKETED = new RedisScript(BUCKETED_WINDOW_LUA);
const ADD_TO_LOG = new RedisScript(ADD_TO_LOG_LUA);
const ADD_TO_BUCKETS = new RedisScript(ADD_TO_BUCKETS_LUA);

/** The texts of all scripts, for loading them ahead of the first request. */
export const SCRIPTS = [EXACT, BUCKETED, ADD_TO_LOG, ADD_TO_BUCKETS].map(({ source }) => source);

/** Replies of a cluster that sent a command elsewhere, to which it was not executed. */
const REDIRECTIONS: ReadonlySet<string> = new Set(['MOVED', 'ASK', 'TRYAGAIN']);

/** How long after a connection stopped being writable its end is reported, at most. */
const CLOSE_REPORTED_MS = 5;

/** The owner of all keys without a cluster, and while the slots of a cluster are unknown. */
const ONLY_OWNER = '';

/**
 * At most `limit` accepted requests of a client in any `windowMs`, across all replicas that share the Redis.
 * Replaces the counting of its parent, which accepts almost twice the limit around the edge of a window and
 * then blocks for up to two windows. The requests of one turn of the event loop share a script call.
 */
export class SlidingWindowRedisStorage extends ThrottlerStorageRedisService {
  private readonly batcher = new HitBatcher<LimitDecision>((batch) => void this.send(batch));
  private held: Promise<void> | undefined;

  constructor(private readonly client: Redis | Cluster) {
    // The parent's types know one of the two, its code both.
    super(client as Redis);
  }

  override getScriptSrc(): string {
    return SLIDING_WINDOW_LUA;
  }

  override async increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    return toThrottlerRecord(await this.hit(key, limit, ttl));
  }

  /**
   * Decides about one request that arrives now, and counts it if it is accepted.
   * @throws whatever ioredis reports, RedisReplyError for what is wrong with the key alone, or TypeError for a
   *   reply that the script cannot have made
   */
  hit(key: string, limit: number, windowMs: number): Promise<LimitDecision> {
    return this.batcher.add(key, limit, windowMs, this.slotOf(key));
  }

  /** Whether Redis can decide about keys where `key` lies: runs the script itself on a key beside it. */
  async probe(key: string): Promise<void> {
    const [reply] = decisions(await EXACT.run(this.client, [probeKey(key)], [1, 1]), 1);
    if (reply instanceof Error) throw reply;
  }

  /**
   * Adds requests that this process accepted while Redis was unavailable. A key that holds something else is left
   * out.
   * @throws UndeliveredError with those that were not added
   */
  async writeBack(hits: readonly UnsharedHits[]): Promise<void> {
    const calls = groupBy(hits, ({ key, windowMs, limit }) => {
      return `${windowMs} ${isExact(limit)} ${this.slotOf(key)}`;
    });
    const undelivered: UnsharedHits[] = [];
    let cause: unknown;
    const call = async (group: readonly UnsharedHits[]): Promise<void> => {
      try {
        const replies = await this.add(group);
        for (const [i, reply] of replies.entries()) {
          const error = typeof reply === 'string' ? new RedisReplyError(reply) : undefined;
          if (!error || redisFailure(error).kind === 'wrong_type') continue;
          cause ??= error;
          undelivered.push(group[i]!);
        }
      } catch (error) {
        cause ??= error;
        undelivered.push(...group);
      }
    };
    await Promise.all(calls.map(call));
    if (undelivered.length > 0) throw new UndeliveredError(undelivered, cause);
  }

  /** Keeps what has not been sent until `until` resolves: the connection is about to come back. */
  hold(until: Promise<void>): void {
    this.held = until;
    void until.then(() => {
      if (this.held === until) this.held = undefined;
    });
  }

  /** Whether requests wait for the connection, see `hold`. */
  get isHeld(): boolean {
    return this.held !== undefined;
  }

  /** Which server decides about a key: all keys of one owner fail and recover together. */
  ownerOf(key: string): string {
    const { client } = this;
    if (!(client instanceof Cluster) || client.status !== 'ready') return ONLY_OWNER;
    return client.slots[keySlot(key)]?.[0] ?? ONLY_OWNER;
  }

  private get isCluster(): boolean {
    return this.client instanceof Cluster;
  }

  /** A cluster takes several keys in one call only where they are in one slot. */
  private slotOf(key: string): number {
    return this.isCluster ? keySlot(key) : 0;
  }

  /** One reply per client: 0, or the text of an error. */
  private async add(group: readonly UnsharedHits[]): Promise<readonly unknown[]> {
    const [{ windowMs, limit }] = group as readonly [UnsharedHits];
    const script = isExact(limit) ? ADD_TO_LOG : ADD_TO_BUCKETS;
    const keys = group.map(({ key }) => key);
    const pairs = group.flatMap(({ ages, counts }) => [
      ages.length,
      ...ages.flatMap((age, i) => [age, counts[i]!]),
    ]);
    const replies = await script.run(this.client, keys, [windowMs, ...pairs]);
    if (!Array.isArray(replies) || replies.length !== group.length) throw malformed();
    return replies;
  }

  private async send(batch: HitBatch<LimitDecision>): Promise<void> {
    try {
      const replies = await this.decideOnceConnected(batch);
      for (const [i, { resolve, reject }] of batch.waiting.entries()) {
        const reply = replies[i]!;
        if (reply instanceof Error) reject(reply);
        else resolve(reply);
      }
    } catch (error) {
      for (const { reject } of batch.waiting) reject(error);
    }
  }

  private async decideOnceConnected(
    batch: HitBatch<LimitDecision>,
  ): Promise<(LimitDecision | Error)[]> {
    if (this.held) await this.held;
    try {
      return await this.decide(batch.keys, batch);
    } catch (error) {
      if (redisFailure(error).code !== 'NOT_CONNECTED') throw error;
      // It was not sent: the other side has closed the connection, which is about to be reported.
      await sleep(CLOSE_REPORTED_MS);
      if (!this.held) throw error;
      await this.held;
      return this.decide(batch.keys, batch);
    }
  }

  private async decide(
    keys: readonly string[],
    batch: HitBatch<LimitDecision>,
  ): Promise<(LimitDecision | Error)[]> {
    const { windowMs, limit } = batch;
    const script = isExact(limit) ? EXACT : BUCKETED;
    try {
      return decisions(await script.run(this.client, keys, [windowMs, limit]), keys.length);
    } catch (error) {
      // While a slot moves, several of its keys cannot be used in one call, but each by itself can.
      if (keys.length === 1 || !REDIRECTIONS.has(redisFailure(error).code)) throw error;
      const each = await Promise.all(keys.map((key) => this.decide([key], batch)));
      return each.flat();
    }
  }
}

/** Reads the three values per key that the scripts reply. */
function decisions(reply: unknown, count: number): (LimitDecision | Error)[] {
  if (!Array.isArray(reply) || reply.length !== 3 * count) throw malformed();
  const result: (LimitDecision | Error)[] = [];
  for (let i = 0; i < reply.length; i += 3) {
    const [accepted, used, resetMs] = [reply[i], reply[i + 1], reply[i + 2]] as unknown[];
    if (accepted === -1 && typeof used === 'string') {
      result.push(new RedisReplyError(used));
      continue;
    }
    const isValid = accepted === 0 || accepted === 1;
    if (!isValid || !Number.isSafeInteger(used) || !Number.isSafeInteger(resetMs))
      throw malformed();
    result.push({
      backend: 'redis',
      accepted: accepted === 1,
      used: used as number,
      resetMs: resetMs as number,
    });
  }
  return result;
}

function malformed(): TypeError {
  return new TypeError('malformed reply of the sliding window script');
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}
