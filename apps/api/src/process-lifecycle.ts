import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { Lifecycle } from './health/lifecycle';
import type { StopMessage } from './workers';

/** Nothing that is in flight takes longer; then the process ends all the same. */
const MAX_CLOSE_MS = 10_000;
const SWEEP_MS = 50;

/**
 * On SIGTERM: not ready at once, serve for `delayMs` while the balancer notices, finish what is in flight,
 * close Redis, exit 0. SIGINT does the same without the delay; a second signal ends the process at once.
 */
export function stopGracefully(app: NestExpressApplication, delayMs: number, logger: Logger): void {
  const lifecycle = app.get(Lifecycle);
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (lifecycle.isStopping) {
      logger.warn(`${signal} again: ending at once`);
      process.exit(1);
    }
    lifecycle.beginStop();
    logger.info(`${signal}: no longer ready, stopping`);
    if (signal === 'SIGTERM') await sleep(delayMs);
    const bound = setTimeout(() => {
      logger.error(`Not closed within ${MAX_CLOSE_MS} ms: ending at once`);
      process.exit(1);
    }, MAX_CLOSE_MS);
    // Node closes what is idle now, but not what becomes idle while it waits for the rest.
    const sweep = setInterval(() => app.getHttpServer().closeIdleConnections(), SWEEP_MS);
    await app.close();
    clearInterval(sweep);
    clearTimeout(bound);
    logger.info('Stopped');
    process.exit(0);
  };
  if (cluster.isWorker) {
    // A terminal sends SIGINT to all processes; the primary passes it on.
    process.on('SIGINT', () => undefined);
    process.on('message', (message: Partial<StopMessage>) => {
      if (message?.stop) void stop(message.stop);
    });
  } else {
    process.on('SIGINT', (signal) => void stop(signal));
  }
  process.on('SIGTERM', (signal) => void stop(signal));
}

/** Before the port is open there is nothing to finish; but process 1 of a container ignores what nobody handles. */
export function endAtOnceOnSignals(): () => void {
  const end = (): void => process.exit(0);
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  return () => {
    process.off('SIGTERM', end);
    process.off('SIGINT', end);
  };
}

/** An error that nobody caught is logged and ends the process: its state is not to be trusted. */
export function endOnUnexpectedErrors(logger: Logger): void {
  const end = (error: unknown): void => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    logger.fatal({ stack }, `Unexpected error, ending: ${message}`);
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
