import type { ThrottlerStorage } from '@nestjs/throttler';
import { BucketedWindow, type ClientWindow, ExactWindow } from './client-window';
import { type LimitDecision, type LimitRecord, toThrottlerRecord } from './limit-decision';
import { RingTable } from './ring-table';
import { RowQueue } from './row-queue';
import { isExact } from './window-rule';

/** How often expired clients are looked for while requests arrive, and how many are looked at each time. */
const SWEEP_INTERVAL_MS = 100;
const SWEEP_SIZE = 1_000;
const FIRST_CLIENTS = 64;

/** Columns of both tables of clients; times in ms of the monotonic clock. */
const COLUMNS = 2;
/** When the client expires, and the value of that when the client was last moved to the end of the queue. */
const EXPIRES_AT = 0;
const QUEUED_UNTIL = 1;
/** Until when requests of other replicas are known to fill the window, and for which limit. */
const DENIED_UNTIL = 0;
const DENIED_LIMIT = 1;

/**
 * At most `limit` accepted requests of a client in any `windowMs`, counted in this process alone. Refused
 * requests are not counted. Holds no timers: expired clients are forgotten as new requests arrive, and above
 * `maxClients` the one that has been there longest is.
 */
export class SlidingWindowMemoryStorage implements ThrottlerStorage {
  private readonly clients = new Map<string, number>();
  /** Names of the clients by row. */
  private readonly keys: string[] = [];
  /** Rows in the order in which they are looked at for expiry. */
  private readonly queue = new RowQueue();
  private readonly table = new RingTable();
  private readonly exact = new ExactWindow(this.table);
  private readonly bucketed = new BucketedWindow(this.table);
  private columns = new Float64Array(FIRST_CLIENTS * COLUMNS);
  /** As long as the other table once it holds anything: most processes never refuse for others. */
  private denials = new Float64Array(0);
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
    const row = this.rowOf(key, now);
    const window = this.windowFor(limit);
    window.expire(row, now, windowMs);
    const deniedUntil = this.deniedUntil(row, limit);
    if (deniedUntil > now) {
      return { backend: 'memory', accepted: false, used: limit, resetMs: deniedUntil - now };
    }
    const used = window.used(row);
    if (used >= limit) {
      const resetMs = windowMs - (now - window.oldest(row, used - limit + 1));
      return { backend: 'memory', accepted: false, used, resetMs };
    }
    window.accept(row, now, windowMs);
    this.keepUntil(row, now + windowMs + window.lateMs(windowMs));
    // Subtract in this order so that rounding cannot push the wait past the window.
    const resetMs = windowMs - (now - window.oldest(row, 1));
    return { backend: 'memory', accepted: true, used: used + 1, resetMs };
  }

  /** Takes back the latest accepted request of the client. */
  undo(key: string, limit: number): void {
    const row = this.clients.get(key);
    if (row !== undefined) this.windowFor(limit).undo(row);
  }

  /** Refuses the client for `resetMs`, because others are known to have used up this limit. */
  deny(key: string, limit: number, resetMs: number): void {
    const now = this.now();
    const row = this.rowOf(key, now);
    if (row * COLUMNS >= this.denials.length) {
      this.denials = resized(this.denials, this.columns.length);
    }
    this.denials[row * COLUMNS + DENIED_UNTIL] = now + resetMs;
    this.denials[row * COLUMNS + DENIED_LIMIT] = limit;
    this.keepUntil(row, now + resetMs);
  }

  private windowFor(limit: number): ClientWindow {
    return isExact(limit) ? this.exact : this.bucketed;
  }

  private column(row: number, column: number): number {
    return this.columns[row * COLUMNS + column]!;
  }

  private deniedUntil(row: number, limit: number): number {
    const first = row * COLUMNS;
    if (first >= this.denials.length || limit > this.denials[first + DENIED_LIMIT]!) return 0;
    return this.denials[first + DENIED_UNTIL]!;
  }

  private keepUntil(row: number, time: number): void {
    const index = row * COLUMNS + EXPIRES_AT;
    if (time > this.columns[index]!) this.columns[index] = time;
  }

  private rowOf(key: string, now: number): number {
    if (now >= this.nextSweep) this.sweep(now);
    let row = this.clients.get(key);
    if (row === undefined) {
      if (this.clients.size >= this.maxClients) this.forget(this.queue.first);
      row = this.table.open();
      if (row * COLUMNS === this.columns.length) {
        this.columns = resized(this.columns, this.columns.length * 2);
      }
      for (const table of [this.columns, this.denials]) {
        table.fill(0, row * COLUMNS, (row + 1) * COLUMNS);
      }
      this.clients.set(key, row);
      this.keys[row] = key;
      this.queue.add(row);
    }
    return row;
  }

  /** Forgets expired clients at the head of the queue; those that have been active since go to its end. */
  private sweep(now: number): void {
    this.nextSweep = now + SWEEP_INTERVAL_MS;
    for (let looked = 0; looked < SWEEP_SIZE; looked++) {
      const row = this.queue.first;
      if (row < 0) return;
      const expiresAt = this.column(row, EXPIRES_AT);
      if (expiresAt <= now) {
        this.forget(row);
        continue;
      }
      if (this.column(row, QUEUED_UNTIL) === expiresAt) return;
      this.columns[row * COLUMNS + QUEUED_UNTIL] = expiresAt;
      this.queue.remove(row);
      this.queue.add(row);
    }
  }

  private forget(row: number): void {
    this.clients.delete(this.keys[row]!);
    this.keys[row] = '';
    this.queue.remove(row);
    this.table.close(row);
  }
}

function resized(table: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(length);
  grown.set(table);
  return grown;
}
