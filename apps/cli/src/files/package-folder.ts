import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the package that this program belongs to, compiled or not; `undefined` where it belongs to none. */
export function packageFolder(directory = __dirname): string | undefined {
  if (existsSync(join(directory, 'package.json'))) return directory;
  const parent = dirname(directory);
  return parent === directory ? undefined : packageFolder(parent);
}
