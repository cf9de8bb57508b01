import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import type { Redis } from 'ioredis';
import { type LimitDecision, type LimitRecord, toThrottlerRecord } from './limit-decision';
import { SLIDING_WINDOW_LUA } from './sliding-window.lua';

const COMMAND = 'slidingWindow';

interface SlidingWindowRedis extends Redis {
  [COMMAND](key: string, windowMs: number, limit: number): Promise<unknown>;
}

/**
 * At most `limit` accepted requests of a client in any `windowMs`, across all replicas that share the
 * Redis. Replaces the counting of its parent, which lets almost twice the limit through at the edge of a
 * window and then blocks for up to two windows.
 */
export class SlidingWindowRedisStorage extends ThrottlerStorageRedisService {
  constructor(client: Redis) {
    super(client);
    // Sends the script once per connection, then its hash; ioredis sends it again after SCRIPT FLUSH.
    client.defineCommand(COMMAND, { numberOfKeys: 1, lua: this.getScriptSrc() });
  }

  override getScriptSrc(): string {
    return SLIDING_WINDOW_LUA;
  }

  override async increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    return toThrottlerRecord(await this.hit(key, limit, ttl));
  }

  /** Gives the connection up and opens another. */
  reconnect(): void {
    (this.redis as Redis).disconnect(true);
  }

  /**
   * Decides about one request that arrives now, and counts it if it is accepted.
   * @throws whatever ioredis reports, or a TypeError for a reply that the script cannot have made
   */
  async hit(key: string, limit: number, windowMs: number): Promise<LimitDecision> {
    const reply = await (this.redis as SlidingWindowRedis)[COMMAND](key, windowMs, limit);
    if (!Array.isArray(reply) || reply.length !== 3 || !reply.every(Number.isSafeInteger)) {
      throw new TypeError('malformed reply of the sliding window script');
    }
    const [accepted, used, resetMs] = reply as [number, number, number];
    return { backend: 'redis', accepted: accepted === 1, used, resetMs };
  }
}
