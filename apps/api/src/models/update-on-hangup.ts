import cluster from 'node:cluster';
import type { ModelCommands } from './model-commands';

/** On SIGHUP looks for new models. Not on a terminal, which sends it to end what runs there when it is closed. */
export function updateOnHangup(commands: ModelCommands): void {
  if (process.stdin.isTTY) return;
  // The primary passes it on; a worker must not end of it.
  process.on('SIGHUP', () => {
    if (!cluster.isWorker) void commands.run({ do: 'update' });
  });
}
