import { setTimeout as sleep } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import { Lifecycle } from './health/lifecycle';
import { readableStack } from './logging/readable-stack';
import { onSignal } from './workers/on-signal';

/** Requests in flight do not take longer; then the process exits regardless. */
const MAX_CLOSE_MS = 10_000;
const SWEEP_MS = 50;

/**
 * On SIGTERM: stop being ready, keep serving for `delayMs` while the load balancer notices, finish the requests
 * in flight, close Redis and exit with 0. SIGINT skips the delay; a second signal exits immediately.
 */
export function stopGracefully(app: NestExpressApplication, delayMs: number, logger: Logger): void {
  const lifecycle = app.get(Lifecycle);
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (lifecycle.isStopping) {
      logger.warn(`Second ${signal}: exiting immediately`);
      process.exit(1);
    }
    lifecycle.beginStop();
    logger.info(`${signal}: no longer ready, stopping`);
    if (signal === 'SIGTERM') await sleep(delayMs);
    const bound = setTimeout(() => {
      logger.error(`Not closed within ${MAX_CLOSE_MS} ms: exiting immediately`);
      process.exit(1);
    }, MAX_CLOSE_MS);
    // Node closes connections that are idle now, but not those that become idle while it waits.
    const sweep = setInterval(() => app.getHttpServer().closeIdleConnections(), SWEEP_MS);
    await app.close();
    clearInterval(sweep);
    clearTimeout(bound);
    logger.info('Stopped');
    process.exit(0);
  };
  onSignal('SIGTERM', (signal) => void stop(signal));
  onSignal('SIGINT', (signal) => void stop(signal));
}

/** Before the port is open there is nothing to finish, but PID 1 ignores signals without a handler. */
export function endAtOnceOnSignals(): () => void {
  const end = (): void => process.exit(0);
  const releases = [onSignal('SIGTERM', end), onSignal('SIGINT', end)];
  return () => {
    for (const release of releases) release();
  };
}

/** Logs an uncaught error and ends the process, whose state cannot be trusted any more. */
export function endOnUnexpectedErrors(logger: Logger): void {
  const end = (error: unknown): void => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    logger.fatal({ stack: readableStack(stack ?? '') }, `Unexpected error, ending: ${message}`);
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
