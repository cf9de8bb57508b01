import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORES } from './cores.mjs';
import { cpuSeconds, start } from './processes.mjs';
import { LOADS } from './requests.mjs';

const GENERATOR = fileURLToPath(new URL('generator.mjs', import.meta.url));

/** The load generator: a process of its own on a core of its own. */
export function startGenerator(logs) {
  const generator = start({
    command: process.execPath,
    args: [GENERATOR],
    cores: CORES.load,
    logFile: join(logs, 'generator.log'),
    ipc: true,
  });
  const reply = () =>
    Promise.race([
      new Promise((resolve) => {
        generator.child.once('message', resolve);
      }),
      generator.ended.then(() => ({ error: 'The load generator ended' })),
    ]);
  return {
    /** @throws where an answer is not the expected one, or none comes */
    async round(order) {
      const before = cpuSeconds(generator.pid);
      generator.child.send(order);
      const { error, result } = await reply();
      if (error) throw new Error(error);
      const { wrong, ...rest } = result;
      if (wrong.count > (order.load ?? LOADS[order.kind]).tolerated) {
        throw new Error(
          `${wrong.count} of ${rest.count} answers are wrong, such as:\n${wrong.example}`,
        );
      }
      return { ...rest, generatorCpuSeconds: cpuSeconds(generator.pid) - before };
    },
    stop: () => generator.stop(),
  };
}
