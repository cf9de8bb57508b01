import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from './package-folder';

/** The version in the package.json that this program belongs to, compiled or not. */
export function packageVersion(): string {
  const folder = packageFolder();
  if (folder === undefined) return 'unknown';
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version?: unknown };
  return typeof version === 'string' ? version : 'unknown';
}
