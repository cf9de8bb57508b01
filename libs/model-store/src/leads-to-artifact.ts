import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTIFACT_FORMATS } from '@inferserve/model';
import { ARTIFACT_FILE, scanVersions } from './scan-versions';

/** An artifact begins with its format. */
const HEAD_BYTES = 4096;
const FORMAT = new RegExp(`"format"\\s*:\\s*"(?:${ARTIFACT_FORMATS.join('|')})"`);

/**
 * Whether a path leads to an artifact or to a folder for its versions, and not to a model file of another library.
 * A path that cannot be read counts as one, too: whoever opens it says why.
 */
export async function leadsToArtifact(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isDirectory()) return await isArtifact(path);
    const file = join(path, ARTIFACT_FILE);
    if (await isFile(file)) return await isArtifact(file);
    return (await scanVersions(path)).versions.length > 0 || !(await holdsFiles(path));
  } catch {
    return true;
  }
}

async function isArtifact(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES));
    return FORMAT.test(buffer.toString('latin1', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Files may be links, as in a mounted ConfigMap; its own entries begin with a dot. */
async function holdsFiles(folder: string): Promise<boolean> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  const areFiles = await Promise.all(names.map((name) => isFile(join(folder, name))));
  return areFiles.includes(true);
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
