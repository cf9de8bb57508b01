import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORES } from './cores.mjs';
import { cpuSeconds, start } from './processes.mjs';

const SCRIPT = fileURLToPath(new URL('../servers/json-parse.mjs', import.meta.url));

/** A process on the servers' core that parses the body of a batch again and again. */
export function startYardstick({ node, logs }) {
  const parser = start({
    command: node,
    args: [SCRIPT],
    cores: CORES.server,
    logFile: join(logs, 'json-parse.log'),
    ipc: true,
  });
  return {
    /** CPU microseconds of one `JSON.parse`. */
    async micros(durationMs) {
      const before = cpuSeconds(parser.pid);
      parser.child.send({ durationMs });
      const { count } = await new Promise((resolve, reject) => {
        parser.child.once('message', resolve);
        parser.child.once('disconnect', () => reject(new Error('json-parse.mjs ended')));
      });
      parser.child.removeAllListeners('disconnect');
      return ((cpuSeconds(parser.pid) - before) / count) * 1e6;
    },
    stop: () => parser.stop(),
  };
}
