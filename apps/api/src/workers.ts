import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { answerClusterMetrics } from './metrics/cluster-metrics';
import { relayModelCommands } from './models/relay-model-commands';
import { passReloadsOn } from './reload-signal';

/** Delay the restart of a worker that crashed sooner than this after its start. */
const MIN_LIFE_MS = 5_000;
const RESTART_DELAY_MS = 1_000;

/** The message by which the primary tells a worker to stop. */
export interface StopMessage {
  readonly stop: NodeJS.Signals;
}

/**
 * Runs `count` workers on one port, restarts those that die, and passes SIGTERM and SIGINT on to all. Exits
 * with 0 once all have exited by themselves, with 1 where a worker cannot start.
 */
export function runWorkers(count: number, logger: Logger): void {
  let stopping = false;
  let everListened = false;
  answerClusterMetrics();
  relayModelCommands();
  passReloadsOn();

  const start = (): void => {
    const worker = cluster.fork();
    const started = Date.now();
    worker.on('listening', () => {
      everListened = true;
    });
    worker.on('exit', (code, signal) => ended(worker, code, signal, Date.now() - started));
  };

  const ended = (worker: Worker, code: number, signal: string | null, lifeMs: number): void => {
    if (stopping) {
      if (Object.keys(cluster.workers ?? {}).length === 0) process.exit(code === 0 ? 0 : 1);
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

  const stop = (signal: NodeJS.Signals): void => {
    stopping = true;
    for (const worker of Object.values(cluster.workers ?? {})) {
      worker?.send({ stop: signal } satisfies StopMessage);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  for (let i = 0; i < count; i++) start();
}
