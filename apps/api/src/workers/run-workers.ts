import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { ModelCommandRelay } from '../models/model-command-relay';
import { onSignal, type PassedSignal } from './on-signal';
import { workerVariables } from './primary';
import { SignalRelay } from './signal-relay';
import { WorkerGroup } from './worker-group';

/** Delay the restart of a worker that crashed sooner than this after its start. */
const MIN_LIFE_MS = 5_000;
const RESTART_DELAY_MS = 1_000;
/** Less than a scrape waits. */
const METRICS_WAIT_MS = 3_000;

/**
 * Runs `count` workers on one port, restarts those that die, and passes SIGTERM, SIGINT and SIGHUP on to all. Exits
 * with 0 once all have exited by themselves, with 1 where a worker cannot start.
 */
export function runWorkers(count: number, logger: Logger): void {
  let stopping = false;
  let everListened = false;
  const signals = new SignalRelay();
  new ModelCommandRelay();
  new WorkerGroup('metrics', METRICS_WAIT_MS);

  const start = (): void => {
    if (stopping) return;
    const worker = cluster.fork(workerVariables());
    const started = Date.now();
    worker.on('listening', () => {
      everListened = true;
    });
    worker.on('exit', (code, signal) => ended(worker, code, signal, Date.now() - started));
  };

  const ended = (worker: Worker, code: number, signal: string | null, lifeMs: number): void => {
    if (stopping) {
      if (!hasWorkers()) process.exit(code === 0 ? 0 : 1);
      return;
    }
    if (!everListened) {
      // No worker has ever listened, so the failure is not transient; the worker already logged it.
      process.exit(1);
    }
    logger.error(
      `Worker ${worker.process.pid} exited (${signal ?? `code ${code}`}); starting another`,
    );
    setTimeout(start, lifeMs < MIN_LIFE_MS ? RESTART_DELAY_MS : 0);
  };

  const stop = (signal: PassedSignal): void => {
    stopping = true;
    // All may have died just now.
    if (!hasWorkers()) process.exit(0);
    signals.pass(signal);
  };
  onSignal('SIGTERM', stop);
  onSignal('SIGINT', stop);
  onSignal('SIGHUP', (signal) => signals.pass(signal));
  for (let i = 0; i < count; i++) start();
}

const hasWorkers = (): boolean => Object.keys(cluster.workers ?? {}).length > 0;
