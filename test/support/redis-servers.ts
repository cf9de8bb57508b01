import { spawnSync } from 'node:child_process';

/** A kind of server that the tests can start. */
export interface RedisProgram {
  readonly command: string;
  /** Such as `Redis 7.0.15` or `Valkey 8.1.1`. */
  readonly name: string;
  readonly major: number;
  readonly isValkey: boolean;
}

/**
 * The servers that this machine has. REDIS_SERVERS names the commands to look for, with commas between; without
 * it, only redis-server.
 */
// oxlint-disable-next-line node/no-process-env -- which servers there are is a matter of the machine
export const REDIS_PROGRAMS = (process.env['REDIS_SERVERS'] ?? 'redis-server')
  .split(',')
  .map((command) => describeProgram(command.trim()))
  .filter((program) => program !== undefined);

function describeProgram(command: string): RedisProgram | undefined {
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  const match = /^(Redis|Valkey) server v=(\d+)([\d.]*)/.exec(stdout ?? '');
  if (!match) return undefined;
  const [, kind, major, rest] = match;
  return {
    command,
    name: `${kind} ${major}${rest}`,
    major: Number(major),
    isValkey: kind === 'Valkey',
  };
}
