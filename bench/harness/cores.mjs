import { availableParallelism } from 'node:os';
import { run } from './processes.mjs';

const COUNT = availableParallelism();
const CAN_PIN = COUNT > 1 && run('taskset', ['--version']) !== undefined;

/**
 * A core for a server, two for one with workers, and one for Redis and all that loads the server: the same
 * on every machine, so that figures can be compared. Empty where the system chooses.
 */
export const CORES = CAN_PIN ? { server: '0', load: '1', workers: COUNT > 2 ? '0,2' : '0,1' } : {};

/** Moves this process out of the way of the servers. */
export function leaveServerCore() {
  if (CORES.load !== undefined) run('taskset', ['-a', '-cp', CORES.load, String(process.pid)]);
}
