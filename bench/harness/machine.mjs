import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { CORES } from './cores.mjs';
import { run } from './processes.mjs';
import { REDIS_VERSION } from './redis.mjs';

/** What the figures depend on besides the code. */
export function describeMachine(node) {
  const cores = cpus();
  const [version] = /^\d+\.\d+/.exec(release()) ?? [''];
  return {
    processor: cores[0]?.model.trim() ?? 'unknown',
    cores: cores.length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${version}`,
    node: run(node, ['--version'])?.trim() ?? 'unknown',
    redis: REDIS_VERSION,
    pinned: CORES,
    loadBefore: Number(loadavg()[0].toFixed(2)),
  };
}
