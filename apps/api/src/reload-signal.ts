import cluster from 'node:cluster';

/** The message by which the primary passes SIGHUP on to a worker. */
export interface ReloadMessage {
  readonly reload: true;
}

/**
 * Calls `listener` on SIGHUP, in a worker also when the primary got it; returns what ends that. Not on a terminal,
 * which sends it to end what runs there when it is closed.
 */
export function onReload(listener: () => void): () => void {
  const onMessage = (message: Partial<ReloadMessage>): void => {
    if (message?.reload) listener();
  };
  if (!process.stdin.isTTY) process.on('SIGHUP', listener);
  if (cluster.isWorker) process.on('message', onMessage);
  return () => {
    process.off('SIGHUP', listener);
    process.off('message', onMessage);
  };
}

/** In the primary: passes SIGHUP on to all workers. */
export function passReloadsOn(): void {
  if (process.stdin.isTTY) return;
  process.on('SIGHUP', () => {
    for (const worker of Object.values(cluster.workers ?? {})) {
      worker?.send({ reload: true } satisfies ReloadMessage);
    }
  });
}
