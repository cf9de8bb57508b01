import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command.error';

/** One more than the largest whole number among the versions of a model; `1` for the first. */
export function nextVersion(artifactsDir: string, name: string): string {
  const directory = join(artifactsDir, name);
  const versions = existsSync(directory) ? readdirSync(directory) : [];
  const numbers = versions.filter((version) => /^\d{1,9}$/.test(version)).map(Number);
  return String(Math.max(0, ...numbers) + 1);
}

/** @throws CommandError where another artifact is already at the path */
export function refuseOverwrite(path: string, text: string): void {
  if (!existsSync(path) || readFileSync(path, 'utf8') === text) return;
  throw new CommandError(
    `${path} is there already and is another model. Choose another --version, or replace it with --force.`,
  );
}
