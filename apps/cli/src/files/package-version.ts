import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the package.json that this program belongs to, compiled or not. */
export function packageVersion(directory = __dirname): string {
  const path = join(directory, 'package.json');
  if (!existsSync(path)) {
    const parent = dirname(directory);
    return parent === directory ? 'unknown' : packageVersion(parent);
  }
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown };
  return typeof version === 'string' ? version : 'unknown';
}
