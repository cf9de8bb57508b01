import { BUCKETS_PER_WINDOW, isExact } from './window-rule';

/** Requests of one client that Redis does not know of, as numbers of requests by their age. */
export interface UnsharedHits {
  readonly key: string;
  readonly windowMs: number;
  readonly limit: number;
  readonly ages: readonly number[];
  readonly counts: readonly number[];
}

interface Entry {
  readonly windowMs: number;
  readonly limit: number;
  readonly times: number[];
  readonly counts: number[];
}

/**
 * Requests that this process accepted by itself and that Redis does not know of yet, oldest client first. Forgets what has left
 * its window, and above `maxClients` the client whose last request is the oldest.
 */
export class UnsharedHitLog {
  private readonly entries = new Map<string, Entry>();
  /** Continues where it was: from the beginning, a Map walks past all that has been deleted there. */
  private following = this.entries.keys();
  private first: string | undefined;

  constructor(
    private readonly maxClients = 100_000,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get size(): number {
    return this.entries.size;
  }

  add(key: string, limit: number, windowMs: number): void {
    const now = this.now();
    const entry = this.entries.get(key) ?? { windowMs, limit, times: [], counts: [] };
    expire(entry, now);
    record(entry, now, 1);
    // To the end, so that the order is that of the last requests.
    this.entries.delete(key);
    this.entries.set(key, entry);
    if (key === this.first) this.first = undefined;
    this.forgetOldest(now);
  }

  /** Removes and returns the requests of up to `maxClients` clients that `choose` selects. */
  take(maxClients: number, choose: (key: string) => boolean): UnsharedHits[] {
    const now = this.now();
    const taken: UnsharedHits[] = [];
    for (const [key, entry] of this.entries) {
      if (taken.length === maxClients) break;
      if (!choose(key)) continue;
      this.entries.delete(key);
      expire(entry, now);
      const { windowMs, limit, times, counts } = entry;
      if (times.length === 0) continue;
      taken.push({ key, windowMs, limit, ages: times.map((time) => now - time), counts });
    }
    return taken;
  }

  /** Puts back what could not be delivered, `elapsedMs` after it was taken. */
  putBack(hits: readonly UnsharedHits[], elapsedMs: number): void {
    const now = this.now();
    for (const { key, windowMs, limit, ages, counts } of hits) {
      const entry: Entry = {
        windowMs,
        limit,
        times: ages.map((age) => now - elapsedMs - age),
        counts: [...counts],
      };
      const since = this.entries.get(key);
      for (const [i, time] of (since?.times ?? []).entries()) {
        entry.times.push(time);
        entry.counts.push(since!.counts[i]!);
      }
      this.entries.set(key, entry);
      if (!since && key === this.first) this.first = undefined;
    }
    this.forgetOldest(now);
  }

  private forgetOldest(now: number): void {
    for (let key = this.oldest(); key !== undefined; key = this.oldest()) {
      const { windowMs, times } = this.entries.get(key)!;
      const isExpired = times.at(-1)! <= now - windowMs;
      if (!isExpired && this.entries.size <= this.maxClients) return;
      this.entries.delete(key);
    }
  }

  /** The client whose last request is the oldest. */
  private oldest(): string | undefined {
    if (this.first !== undefined && this.entries.has(this.first)) return this.first;
    let next = this.following.next();
    if (next.done) {
      this.following = this.entries.keys();
      next = this.following.next();
    }
    this.first = next.value;
    return this.first;
  }
}

function expire({ windowMs, times, counts }: Entry, now: number): void {
  const kept = times.findIndex((time) => time > now - windowMs);
  const expired = kept === -1 ? times.length : kept;
  if (expired === 0) return;
  times.splice(0, expired);
  counts.splice(0, expired);
}

/** Above the exact limits, requests of the same bucket's width become one entry with the latest of their times. */
function record({ windowMs, limit, times, counts }: Entry, now: number, count: number): void {
  const last = times.length - 1;
  const firstOfLast = times[last - 1] ?? -Infinity;
  const merges = !isExact(limit) && last > 0 && now - firstOfLast < windowMs / BUCKETS_PER_WINDOW;
  if (merges) {
    times[last] = now;
    counts[last] = counts[last]! + count;
  } else {
    times.push(now);
    counts.push(count);
  }
}
