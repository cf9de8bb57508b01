import type { RingTable } from './ring-table';
import { BUCKETS_PER_WINDOW } from './window-rule';

/** How the accepted requests of one client are kept in its row of a table; times in ms. */
export interface ClientWindow {
  /** How much later than a window after its acceptance a request leaves the count, at most. */
  lateMs(windowMs: number): number;
  /** Forgets what has left the window that ends at `now`. */
  expire(row: number, now: number, windowMs: number): void;
  /** Accepted requests that are left. */
  used(row: number): number;
  accept(row: number, now: number, windowMs: number): void;
  /** Takes back the latest accepted request. */
  undo(row: number): void;
  /** The time that has to leave the window for the `excess` oldest requests, at least one, to be gone. */
  oldest(row: number, excess: number): number;
}

/** Each accepted request with its time, oldest first. */
export class ExactWindow implements ClientWindow {
  constructor(private readonly times: RingTable) {}

  lateMs(): number {
    return 0;
  }

  expire(row: number, now: number, windowMs: number): void {
    const { times } = this;
    while (times.length(row) > 0 && times.at(row, 0) <= now - windowMs) times.shift(row);
  }

  used(row: number): number {
    return this.times.length(row);
  }

  accept(row: number, now: number): void {
    this.times.push(row, now);
  }

  undo(row: number): void {
    if (this.times.length(row) > 0) this.times.pop(row);
  }

  oldest(row: number, excess: number): number {
    return this.times.at(row, excess - 1);
  }
}

/**
 * Counts per bucket, as pairs of the bucket's end and its count after a first value, the sum of the counts.
 * A bucket counts until its end has left the window, so that the sum is never too low.
 */
export class BucketedWindow implements ClientWindow {
  constructor(private readonly table: RingTable) {}

  lateMs(windowMs: number): number {
    return windowMs / BUCKETS_PER_WINDOW;
  }

  expire(row: number, now: number, windowMs: number): void {
    const { table } = this;
    let total = this.used(row);
    while (table.length(row) > 1 && table.at(row, 1) <= now - windowMs) {
      total -= table.at(row, 2);
      // The sum moves to where the count of the bucket was.
      table.shift(row, 2);
      table.set(row, 0, total);
    }
  }

  used(row: number): number {
    return this.table.length(row) === 0 ? 0 : this.table.at(row, 0);
  }

  accept(row: number, now: number, windowMs: number): void {
    const { table } = this;
    const widthMs = windowMs / BUCKETS_PER_WINDOW;
    const end = (Math.floor(now / widthMs) + 1) * widthMs;
    if (table.length(row) === 0) table.push(row, 0);
    table.set(row, 0, table.at(row, 0) + 1);
    const last = table.length(row) - 2;
    if (last > 0 && table.at(row, last) === end) {
      table.set(row, last + 1, table.at(row, last + 1) + 1);
    } else {
      table.push(row, end);
      table.push(row, 1);
    }
  }

  undo(row: number): void {
    const { table } = this;
    if (this.used(row) === 0) return;
    table.set(row, 0, table.at(row, 0) - 1);
    const last = table.length(row) - 1;
    const count = table.at(row, last) - 1;
    if (count > 0) table.set(row, last, count);
    else table.pop(row, 2);
  }

  oldest(row: number, excess: number): number {
    const { table } = this;
    let freed = 0;
    for (let i = 1; ; i += 2) {
      freed += table.at(row, i + 1);
      if (freed >= excess) return table.at(row, i);
    }
  }
}
