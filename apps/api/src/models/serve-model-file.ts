import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { leadsToArtifact } from '@inferserve/model-store';
import type { Environment } from '../settings/environment';

interface ReplaceableProcess {
  /** Since Node 22.15, and not on Windows. */
  readonly execve?: (file: string, args: readonly string[]) => never;
}

/**
 * Where MODEL_PATH leads to what another library made, has `inferserve serve` go on in the place of this process: the
 * server does not carry the readers of such files. Returns otherwise, and where Node cannot do that.
 */
export async function serveModelFile({
  modelPath: path,
  modelName: name,
}: Pick<Environment, 'modelPath' | 'modelName'>): Promise<void> {
  if (path === undefined || (await leadsToArtifact(path))) return;
  const program = join(__dirname, 'inferserve.js');
  const { execve } = process as ReplaceableProcess;
  if (!execve || !existsSync(program)) return;
  const named = name === undefined ? [] : ['--name', name];
  const command = [...process.execArgv, program, 'serve', ...named, '--', path];
  execve(process.execPath, [process.execPath, ...command]);
}
