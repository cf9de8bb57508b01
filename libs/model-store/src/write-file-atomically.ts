import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Error codes of file systems that have no hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV']);

/**
 * Writes a file that readers see whole or not at all, also after a power failure; makes its directories. A link at
 * `path` is replaced, not followed.
 * @param exclusive fail with `EEXIST` where `path` exists, instead of replacing it
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  { exclusive = false }: { readonly exclusive?: boolean } = {},
): Promise<void> {
  const directory = dirname(path);
  const isNewDirectory = await makeDirectory(directory);
  // In the same directory, because a file is renamed atomically only within one file system. The leading dot
  // keeps a file left by a crash from being taken for anything else.
  const temporary = join(directory, `.${randomUUID()}.tmp`);
  try {
    await writeAndSync(temporary, content);
    await (exclusive ? publishNew(temporary, path) : rename(temporary, path));
  } catch (cause) {
    await rm(temporary, { force: true });
    if (isNewDirectory) await rmdir(directory).catch(() => undefined);
    throw cause;
  }
  await syncDirectory(directory);
}

/** Whether the directory had to be made. */
async function makeDirectory(directory: string): Promise<boolean> {
  try {
    return (await mkdir(directory, { recursive: true })) !== undefined;
  } catch (cause) {
    // On a read-only file system the recursive call of Node says ENOENT, the plain one EROFS.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') await mkdir(directory);
    throw cause;
  }
}

async function writeAndSync(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A hard link fails where the name is taken, which `rename` does not. */
async function publishNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (cause) {
    if (!NO_LINKS.has((cause as NodeJS.ErrnoException).code ?? '')) throw cause;
    // Without links the check and the renaming are two steps: two writers at the same moment are not told apart.
    if (await exists(path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' });
    return rename(temporary, path);
  }
  await rm(temporary);
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Makes the new name durable; some systems cannot open a directory, and there is nothing to do about it. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
