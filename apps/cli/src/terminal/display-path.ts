import { isAbsolute, relative } from 'node:path';

/** A path as short as it can be shown: relative to the working directory where it is below it. */
export function displayPath(path: string): string {
  const shorter = relative(process.cwd(), path);
  return shorter === '' || shorter.startsWith('..') || isAbsolute(shorter) ? path : shorter;
}
