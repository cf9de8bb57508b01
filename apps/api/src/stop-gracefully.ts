import { setTimeout as sleep } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import type { Logger } from 'pino';
import { Lifecycle } from './health/lifecycle';

/** Nothing that is in flight takes longer; then the process ends all the same. */
const MAX_CLOSE_MS = 10_000;

/**
 * On SIGTERM: not ready at once, serve for `delayMs` while the balancer notices, finish what is in flight,
 * close Redis, exit 0. SIGINT does the same without the delay; a second signal ends the process at once.
 */
export function stopGracefully(app: INestApplication, delayMs: number, logger: Logger): void {
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
    await app.close();
    clearTimeout(bound);
    logger.info('Stopped');
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
}
