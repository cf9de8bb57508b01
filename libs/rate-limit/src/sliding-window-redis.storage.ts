import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import { ThrottlerStorageRedisService } from '@nest-lab/throttler-storage-redis';
import type { Redis } from 'ioredis';
import { type LimitDecision, type LimitRecord, toThrottlerRecord } from './limit-decision';
import { SLIDING_WINDOW_LUA } from './sliding-window.lua';

/**
 * At most `limit` accepted requests of a client in any `windowMs`, across all replicas that share the
 * Redis. Replaces the counting of its parent, which lets almost twice the limit through at the edge of a
 * window and then blocks for up to two windows.
 */
export class SlidingWindowRedisStorage extends ThrottlerStorageRedisService {
  private readonly client: Redis;
  private readonly scriptSha: string;
  private corked = false;

  constructor(client: Redis) {
    super(client);
    this.client = client;
    this.scriptSha = createHash('sha1').update(this.getScriptSrc()).digest('hex');
  }

  override getScriptSrc(): string {
    return SLIDING_WINDOW_LUA;
  }

  override async increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    return toThrottlerRecord(await this.hit(key, limit, ttl));
  }

  /** Gives the connection up and opens another. */
  reconnect(): void {
    this.client.disconnect(true);
  }

  /**
   * Decides about one request that arrives now, and counts it if it is accepted.
   * @throws whatever ioredis reports, or a TypeError for a reply that the script cannot have made
   */
  async hit(key: string, limit: number, windowMs: number): Promise<LimitDecision> {
    this.cork();
    const reply = await this.runScript(key, windowMs, limit);
    if (!Array.isArray(reply) || reply.length !== 3 || !reply.every(Number.isSafeInteger)) {
      throw new TypeError('malformed reply of the sliding window script');
    }
    const [accepted, used, resetMs] = reply as [number, number, number];
    return { backend: 'redis', accepted: accepted === 1, used, resetMs };
  }

  /** By its hash; Redis does not know it at first, after a restart and after SCRIPT FLUSH. */
  private async runScript(key: string, windowMs: number, limit: number): Promise<unknown> {
    try {
      return await this.client.evalsha(this.scriptSha, 1, key, windowMs, limit);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return this.client.eval(this.scriptSrc, 1, key, windowMs, limit);
    }
  }

  /** The commands of one turn of the event loop go out in one system call, which costs more than they do. */
  private cork(): void {
    const { stream } = this.client as unknown as { readonly stream?: Writable };
    if (this.corked || !stream) return;
    this.corked = true;
    stream.cork();
    setImmediate(() => {
      this.corked = false;
      stream.uncork();
    });
  }
}
