import { existsSync } from 'node:fs';
import { join } from 'node:path';

interface ReplaceableProcess {
  /** Since Node 22.15, and not on Windows. */
  readonly execve?: (file: string, args: readonly string[]) => never;
}

/**
 * Has `inferserve serve` go on in the place of this process: the server does not carry the readers of files that other
 * libraries made. Returns where Node cannot do that.
 */
export function serveModelFile(path: string, name: string | undefined): void {
  const program = join(__dirname, 'inferserve.js');
  const { execve } = process as ReplaceableProcess;
  if (!execve || !existsSync(program)) return;
  const named = name === undefined ? [] : ['--name', name];
  const command = [...process.execArgv, program, 'serve', ...named, '--', path];
  execve(process.execPath, [process.execPath, ...command]);
}
