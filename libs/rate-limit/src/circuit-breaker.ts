/**
 * Keeps calls away from a service that fails: opens after `threshold` failures in a row, then calls `probe`
 * every `probeIntervalMs` until one succeeds. Reports each change of state once, through `onChange`.
 */
export class CircuitBreaker {
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly options: {
      readonly threshold: number;
      readonly probeIntervalMs: number;
      readonly probe: () => Promise<unknown>;
      readonly onChange: (state: 'open' | 'closed', cause?: unknown) => void;
      readonly onProbeFailed?: (cause: unknown) => void;
    },
  ) {}

  get isOpen(): boolean {
    return this.timer !== undefined;
  }

  success(): void {
    this.failures = 0;
  }

  failure(cause: unknown): void {
    this.failures += 1;
    if (this.failures >= this.options.threshold) this.open(cause);
  }

  /** Opens at once, without waiting for failures. */
  open(cause: unknown): void {
    if (this.isOpen || this.stopped) return;
    this.schedule();
    this.options.onChange('open', cause);
  }

  /** Stops probing; the state stays as it is. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.probe(), this.options.probeIntervalMs);
    this.timer.unref();
  }

  private async probe(): Promise<void> {
    try {
      await this.options.probe();
    } catch (error) {
      if (this.stopped) return;
      this.schedule();
      this.options.onProbeFailed?.(error);
      return;
    }
    if (this.stopped) return;
    this.timer = undefined;
    this.failures = 0;
    this.options.onChange('closed');
  }
}
