interface Waiting {
  readonly deadline: number;
  readonly miss: () => void;
  done: boolean;
}

/**
 * One time limit for many promises, with one timer for all: they end in the order in which they began, so
 * only the first needs to be watched.
 */
export class DeadlineQueue {
  private readonly waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly limitMs: number,
    private readonly createError: () => Error,
  ) {}

  /** What `pending` comes to, or the error of the queue after the limit; the late outcome is ignored. */
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

  /** Ends the watching; what is still pending has no limit any more. */
  stop(): void {
    clearTimeout(this.timer);
  }

  /** An answer that arrived while this process was busy is read before its deadline is called missed. */
  private readonly onTimer = (): void => {
    setImmediate(this.missOverdue);
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
