import type { PassedSignal } from './on-signal';
import { WorkerGroup } from './worker-group';

/** Nobody waits for what a worker says to a signal. */
const MAX_WAIT_MS = 1_000;

/** In the primary: passes signals on to all workers; that they have to end also to those that are still starting. */
export class SignalRelay extends WorkerGroup<PassedSignal, never> {
  private stop?: PassedSignal;

  constructor() {
    super('signals', MAX_WAIT_MS);
  }

  pass(signal: PassedSignal): void {
    if (signal !== 'SIGHUP') this.stop = signal;
    void this.ask(signal);
  }

  /** Not SIGHUP, for a worker listens before it reads what may have changed. */
  protected override missed(): readonly PassedSignal[] {
    return this.stop ? [this.stop] : [];
  }
}
