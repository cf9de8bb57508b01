import { CircuitBreaker } from './circuit-breaker';

const FAILURES_TO_OPEN = 3;
const PROBE_INTERVAL_MS = 250;

/** What a set of breakers asks of and reports to its owner; `key` is the one that failed last. */
export interface BreakerSetOptions {
  readonly probe: (owner: string, key: string) => Promise<unknown>;
  readonly onOpen: (owner: string, cause: unknown) => void;
  readonly onProbeFailed: (owner: string, cause: unknown) => void;
  readonly onClosed: (owner: string) => void;
}

/**
 * A circuit breaker for each server that owns keys: a shard that fails is kept off the request path without
 * the others, and its breaker closes only when a key in the slot of the one that failed works again.
 */
export class BreakerSet {
  private readonly breakers = new Map<string, CircuitBreaker>();
  private readonly failedKeys = new Map<string, string>();

  constructor(
    private readonly options: BreakerSetOptions,
    private readonly defaultKey: string,
  ) {}

  get openCount(): number {
    let count = 0;
    for (const breaker of this.breakers.values()) if (breaker.isOpen) count += 1;
    return count;
  }

  isOpen(owner: string): boolean {
    return this.breakers.get(owner)?.isOpen ?? false;
  }

  success(owner: string): void {
    this.breakers.get(owner)?.success();
  }

  failure(owner: string, key: string, cause: unknown): void {
    this.failedKeys.set(owner, key);
    this.of(owner).failure(cause);
  }

  /** Opens at once, without waiting for failures. */
  open(owner: string, cause: unknown, key?: string): void {
    if (key !== undefined) this.failedKeys.set(owner, key);
    this.of(owner).open(cause);
  }

  stop(): void {
    for (const breaker of this.breakers.values()) breaker.stop();
  }

  private of(owner: string): CircuitBreaker {
    let breaker = this.breakers.get(owner);
    if (breaker === undefined) {
      breaker = this.create(owner);
      this.breakers.set(owner, breaker);
    }
    return breaker;
  }

  private create(owner: string): CircuitBreaker {
    return new CircuitBreaker({
      threshold: FAILURES_TO_OPEN,
      probeIntervalMs: PROBE_INTERVAL_MS,
      probe: () => this.options.probe(owner, this.failedKeys.get(owner) ?? this.defaultKey),
      onProbeFailed: (cause) => this.options.onProbeFailed(owner, cause),
      onChange: (state, cause) => {
        if (state === 'open') this.options.onOpen(owner, cause);
        else this.forget(owner);
      },
    });
  }

  /** Owners come and go with the failovers of a cluster. */
  private forget(owner: string): void {
    this.breakers.delete(owner);
    this.failedKeys.delete(owner);
    this.options.onClosed(owner);
  }
}
