import type { ThrottlerStorage } from '@nestjs/throttler';
import { type LimitDecision, type LimitRecord, toThrottlerRecord } from './limit-decision';

/** How often expired clients are looked for, while requests come. */
const SWEEP_INTERVAL_MS = 100;

/** Times of accepted requests, oldest first, in ms of the monotonic clock. */
interface ClientLog {
  readonly accepted: number[];
  /** Until when another replica's requests are known to fill the window. */
  deniedUntil: number;
  expiresAt: number;
}

/**
 * At most `limit` accepted requests of a client in any `windowMs`, counted in this process alone. Refused
 * requests are not counted. Holds no timers; expired clients go as new ones come, and beyond `maxClients`
 * the one whose window ends first is forgotten.
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
    return this.refusal(key, limit, windowMs) ?? this.record(key, windowMs);
  }

  /** The refusal of a request that arrives now, or `undefined` if it may be accepted; counts nothing. */
  refusal(key: string, limit: number, windowMs: number): LimitDecision | undefined {
    const log = this.clients.get(key);
    if (log === undefined) return undefined;
    const now = this.now();
    dropExpired(log, now - windowMs);
    const used = log.accepted.length;
    if (log.deniedUntil > now) {
      return { backend: 'memory', accepted: false, used: limit, resetMs: log.deniedUntil - now };
    }
    if (used < limit) return undefined;
    const resetMs = log.accepted[used - limit]! + windowMs - now;
    return { backend: 'memory', accepted: false, used, resetMs };
  }

  /** Counts a request that arrives now as accepted. */
  record(key: string, windowMs: number): LimitDecision {
    const now = this.now();
    const { accepted } = this.renew(key, now, now + windowMs);
    accepted.push(now);
    const resetMs = accepted[0]! + windowMs - now;
    return { backend: 'memory', accepted: true, used: accepted.length, resetMs };
  }

  /** Takes back the latest request that was counted: somebody else refused it. */
  release(key: string): void {
    this.clients.get(key)?.accepted.pop();
  }

  /** Remembers a refusal by a storage that sees more replicas: nothing is accepted for `resetMs`. */
  deny(key: string, resetMs: number): void {
    const now = this.now();
    this.renew(key, now, now + resetMs).deniedUntil = now + resetMs;
  }

  /** The client's log, moved to the end of the map: its order is that of expiry. */
  private renew(key: string, now: number, expiresAt: number): ClientLog {
    let log = this.clients.get(key);
    if (log) this.clients.delete(key);
    else log = { accepted: [], deniedUntil: 0, expiresAt };
    if (expiresAt > log.expiresAt) log.expiresAt = expiresAt;
    if (now >= this.nextSweep || this.clients.size >= this.maxClients) this.sweep(now);
    this.clients.set(key, log);
    return log;
  }

  private sweep(now: number): void {
    this.nextSweep = now + SWEEP_INTERVAL_MS;
    for (const [key, log] of this.clients) {
      if (log.expiresAt > now && this.clients.size < this.maxClients) return;
      this.clients.delete(key);
    }
  }
}

function dropExpired(log: ClientLog, before: number): void {
  while (log.accepted.length > 0 && log.accepted[0]! <= before) log.accepted.shift();
}
