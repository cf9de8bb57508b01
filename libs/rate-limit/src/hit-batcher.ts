/** Keys in one script call at most, so that a call never keeps Redis from others for long. */
const MAX_KEYS = 256;

/** Requests that wait for one script call; all have the same window and limit, and in a cluster the same slot. */
export interface HitBatch<T> {
  readonly windowMs: number;
  readonly limit: number;
  readonly slot: number;
  readonly keys: string[];
  readonly waiting: {
    readonly resolve: (value: T) => void;
    readonly reject: (error: unknown) => void;
  }[];
}

/**
 * Collects the requests of one turn of the event loop and sends them together: a call per request costs the
 * server and Redis more than the decision itself.
 */
export class HitBatcher<T> {
  private open: HitBatch<T>[] = [];
  private scheduled = false;

  constructor(private readonly send: (batch: HitBatch<T>) => void) {}

  add(key: string, limit: number, windowMs: number, slot: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const batch = this.batchFor(limit, windowMs, slot);
      batch.keys.push(key);
      batch.waiting.push({ resolve, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(this.flush);
    });
  }

  private batchFor(limit: number, windowMs: number, slot: number): HitBatch<T> {
    // From the end: a full batch stays, and the one that continues it comes after it.
    for (let i = this.open.length - 1; i >= 0; i--) {
      const batch = this.open[i]!;
      if (batch.slot !== slot || batch.limit !== limit || batch.windowMs !== windowMs) continue;
      if (batch.keys.length < MAX_KEYS) return batch;
      break;
    }
    const batch: HitBatch<T> = { windowMs, limit, slot, keys: [], waiting: [] };
    this.open.push(batch);
    return batch;
  }

  private readonly flush = (): void => {
    const batches = this.open;
    this.open = [];
    this.scheduled = false;
    for (const batch of batches) this.send(batch);
  };
}
