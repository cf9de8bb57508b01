import type { ThrottlerStorage } from '@nestjs/throttler';
import { type LimitDecision, type LimitRecord, toThrottlerRecord } from './limit-decision';

/** How often expired clients are looked for, while requests come, and how many are looked at. */
const SWEEP_INTERVAL_MS = 100;
const SWEEP_SIZE = 1_000;

/** What is remembered of a client; times in ms of the monotonic clock. */
class ClientLog {
  /** Times of accepted requests, oldest first. */
  readonly accepted: number[] = [];
  /** Until when another replica's requests are known to fill the window. */
  deniedUntil = 0;
  /** When the log can be forgotten, and what that was when it took its place in the queue. */
  expiresAt = 0;
  queuedUntil = 0;
}

/**
 * At most `limit` accepted requests of a client in any `windowMs`, counted in this process alone. Refused
 * requests are not counted. Holds no timers; expired clients go as new requests come, and beyond
 * `maxClients` the one that has been there longest is forgotten.
 */
export class SlidingWindowMemoryStorage implements ThrottlerStorage {
  private readonly clients = new Map<string, ClientLog>();
  private nextSweep = 0;

  constructor(
    private readonly maxClients = 100_000,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Number of clients remembered. */
  get size(): number {
    return this.clients.size;
  }

  increment(key: string, ttl: number, limit: number): Promise<LimitRecord> {
    return Promise.resolve(toThrottlerRecord(this.hit(key, limit, ttl)));
  }

  /** Decides about one request that arrives now, and counts it if it is accepted. */
  hit(key: string, limit: number, windowMs: number): LimitDecision {
    const now = this.now();
    const log = this.logOf(key, now);
    const { accepted } = log;
    while (accepted.length > 0 && accepted[0]! <= now - windowMs) accepted.shift();
    const used = accepted.length;
    if (log.deniedUntil > now) {
      return { backend: 'memory', accepted: false, used: limit, resetMs: log.deniedUntil - now };
    }
    if (used >= limit) {
      // This way round no rounding makes it longer than the window.
      const resetMs = windowMs - (now - accepted[used - limit]!);
      return { backend: 'memory', accepted: false, used, resetMs };
    }
    accepted.push(now);
    log.expiresAt = now + windowMs;
    const resetMs = windowMs - (now - accepted[0]!);
    return { backend: 'memory', accepted: true, used: used + 1, resetMs };
  }

  /** Takes back the latest request that was counted: somebody who sees more refused it for `resetMs`. */
  revoke(key: string, resetMs: number): void {
    const now = this.now();
    const log = this.logOf(key, now);
    log.accepted.pop();
    log.deniedUntil = now + resetMs;
    log.expiresAt = Math.max(log.expiresAt, log.deniedUntil);
  }

  private logOf(key: string, now: number): ClientLog {
    if (now >= this.nextSweep) this.sweep(now);
    let log = this.clients.get(key);
    if (log === undefined) {
      log = new ClientLog();
      if (this.clients.size >= this.maxClients) this.forgetOldest();
      this.clients.set(key, log);
    }
    return log;
  }

  /** Takes expired clients from the head of the queue; those that have been active since go to its end. */
  private sweep(now: number): void {
    this.nextSweep = now + SWEEP_INTERVAL_MS;
    let looked = 0;
    for (const [key, log] of this.clients) {
      if (log.expiresAt > now) {
        if (log.queuedUntil === log.expiresAt || looked === SWEEP_SIZE) return;
        log.queuedUntil = log.expiresAt;
        this.clients.delete(key);
        this.clients.set(key, log);
      } else {
        this.clients.delete(key);
      }
      looked += 1;
    }
  }

  private forgetOldest(): void {
    for (const key of this.clients.keys()) {
      this.clients.delete(key);
      return;
    }
  }
}
