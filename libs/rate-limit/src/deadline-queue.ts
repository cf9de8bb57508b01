interface Waiting {
  readonly deadline: number;
  readonly miss: () => void;
  done: boolean;
}

/** A timer that is later than this shows that the process itself was busy. */
const BUSY_MS = 5;

/**
 * One time limit for many promises, with one timer for all: they expire in the order in which they began, so
 * only the first needs to be watched.
 */
export class DeadlineQueue {
  private readonly waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limitMs: number,
    private readonly createError: () => Error,
  ) {}

  /** The outcome of `pending`, or the error of the queue after the limit. */
  within<T>(pending: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        deadline: performance.now() + this.limitMs,
        miss: () => reject(this.createError()),
        done: false,
      };
      this.waiting.push(entry);
      this.timer ??= setTimeout(this.onTimer, this.limitMs);
      pending.then(
        (value) => {
          entry.done = true;
          resolve(value);
        },
        (error: unknown) => {
          entry.done = true;
          reject(error as Error);
        },
      );
    });
  }

  /** Stops watching; what is still pending has no limit any more. */
  stop(): void {
    clearTimeout(this.timer);
  }

  /**
   * Lets pending I/O settle first: a reply that arrived while the event loop was blocked is not late. After a long
   * blockade, which mostly means a busy machine, the other side gets as long again, at most one more limit.
   */
  private readonly onTimer = (): void => {
    const lateMs = performance.now() - (this.waiting[0]?.deadline ?? 0);
    if (lateMs < BUSY_MS) setImmediate(this.missOverdue);
    else this.timer = setTimeout(this.missOverdue, Math.min(lateMs, this.limitMs));
  };

  private readonly missOverdue = (): void => {
    const now = performance.now();
    let settled = 0;
    for (const entry of this.waiting) {
      if (!entry.done && entry.deadline > now) break;
      if (!entry.done) entry.miss();
      settled += 1;
    }
    this.waiting.splice(0, settled);
    const [first] = this.waiting;
    this.timer = first && setTimeout(this.onTimer, Math.max(1, first.deadline - now));
  };
}
