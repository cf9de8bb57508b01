import { UndeliveredError } from './undelivered.error';
import { type UnsharedHits, UnsharedHitLog } from './unshared-hits';

/** Clients per delivery. */
const DELIVERY_SIZE = 100;
/** Deliveries before a Redis that has just recovered gets requests again, at most. */
const CATCH_UP_DELIVERIES = 2_000;
const DELAY_MS = 50;
const RETRY_MS = 1_000;

/** Adds in Redis what this process accepted without it, so that the shared windows include it. */
export class WriteBack {
  private readonly log: UnsharedHitLog;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly deliver: (hits: readonly UnsharedHits[]) => Promise<void>,
    private readonly isReachable: (key: string) => boolean,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.log = new UnsharedHitLog(undefined, now);
  }

  /** Remembers one accepted request; it is delivered soon, or when the server of its key is reachable. */
  add(key: string, limit: number, windowMs: number): void {
    this.log.add(key, limit, windowMs);
    if (this.isReachable(key)) this.schedule(DELAY_MS);
  }

  /** Delivers all but the last few of what `choose` takes, one delivery after the other. */
  async catchUp(
    choose: (key: string) => boolean,
    within: (delivery: Promise<void>) => Promise<void>,
  ): Promise<void> {
    for (let i = 0; i < CATCH_UP_DELIVERIES; i++) {
      const hits = this.log.take(DELIVERY_SIZE, (key) => choose(key) || this.isReachable(key));
      if (hits.length > 0) await within(this.send(hits));
      if (hits.length < DELIVERY_SIZE) return;
    }
  }

  /** Sends now what can be delivered. */
  flush(): void {
    const hits = this.log.take(DELIVERY_SIZE, this.isReachable);
    if (hits.length === 0) return;
    this.send(hits).then(
      () => this.schedule(0),
      () => this.schedule(RETRY_MS),
    );
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async send(hits: readonly UnsharedHits[]): Promise<void> {
    const startedAt = this.now();
    try {
      await this.deliver(hits);
    } catch (error) {
      const { hits: undelivered, cause } =
        error instanceof UndeliveredError ? error : { hits, cause: error };
      // They may have arrived anyway: better counted twice than not at all.
      this.log.putBack(undelivered, this.now() - startedAt);
      throw cause;
    }
  }

  private schedule(delayMs: number): void {
    if (this.stopped || this.timer !== undefined || this.log.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.flush();
    }, delayMs);
    this.timer.unref();
  }
}
