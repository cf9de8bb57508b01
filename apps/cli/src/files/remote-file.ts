import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CommandError } from '../command.error';
import { readInputFile } from './input-file';

const MIB = 2 ** 20;
const MAX_BYTES = 64 * MIB;
const TIMEOUT_MS = 60_000;
const URL_FORM = /^https?:\/\//i;

/** Whether an argument is the address of a file rather than its path. */
export function isRemote(argument: string): boolean {
  return URL_FORM.test(argument);
}

/**
 * Downloads a file, checks it and hands over the path of a copy that is there until `use` has ended.
 * @param sha256 64 hexadecimal digits; a file of any other content is refused
 * @throws CommandError where it cannot be had, is larger than 64 MiB, or is not the one that is meant
 */
export async function withRemoteFile<T>(
  url: string,
  sha256: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  const bytes = await download(url);
  compareDigest(shown(url), bytes, sha256);
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

async function download(url: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) {
      throw new CommandError(
        `${shown(url)} answers with ${response.status}. Check the address and that it needs no login.`,
      );
    }
    for await (const part of response.body as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > MAX_BYTES) {
        throw new CommandError(`${shown(url)} has more than ${MAX_BYTES / MIB} MiB, the limit.`);
      }
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (cause) {
    if (cause instanceof CommandError) throw cause;
    const { message, cause: reason } = cause as Error;
    throw new CommandError(
      `cannot download ${shown(url)} (${reason instanceof Error ? reason.message : message}). Check the address and the network.`,
      1,
      { cause },
    );
  }
}

/** Without user, password and query, which may hold secrets. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
