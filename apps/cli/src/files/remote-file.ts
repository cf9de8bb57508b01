import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CommandError } from '../command.error';
import { download, shownUrl } from './download';
import { MAX_FILE_BYTES, readInputFile } from './input-file';

const URL_FORM = /^https?:\/\//i;

/** Whether an argument is the address of a file rather than its path. */
export function isRemote(argument: string): boolean {
  return URL_FORM.test(argument);
}

/**
 * Downloads a file, checks it and hands over the path of a copy that is there until `use` has ended.
 * @param sha256 64 hexadecimal digits; a file of any other content is refused
 * @throws CommandError where it cannot be had, is larger than 512 MiB, or is not the one that is meant
 */
export async function withRemoteFile<T>(
  url: string,
  sha256: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const bytes = await download(url, { maxBytes: MAX_FILE_BYTES });
  compareDigest(shownUrl(url), bytes, sha256);
  const folder = mkdtempSync(join(tmpdir(), 'inferserve-'));
  try {
    const path = join(folder, basename(new URL(url).pathname) || 'model');
    writeFileSync(path, bytes);
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @throws CommandError for a file of another digest */
export function checkDigest(path: string, sha256: string): void {
  compareDigest(path, readInputFile(path).bytes, sha256);
}

function compareDigest(source: string, bytes: Uint8Array, sha256: string): void {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const expected = sha256.toLowerCase();
  if (digest === expected) return;
  throw new CommandError(
    `${source} has the SHA-256 ${digest}, not ${expected}. Nothing of it was read; find out which of the two is right.`,
  );
}
