import type { BigIntStats, Dirent } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareVersions, isModelVersion } from './model-version';
import type { VersionListing } from './model-store';

/** Name of the artifact inside the folder of a version. */
export const ARTIFACT_FILE = 'model.json';

/**
 * The versions in the folder of a model: folders, or links to folders, that are named as versions are and hold a
 * `model.json`. Other folders are listed as ignored; plain files are of no interest.
 * @throws the error of `readdir` where the folder cannot be read
 */
export async function scanVersions(modelFolder: string): Promise<VersionListing> {
  const entries = await readdir(modelFolder, { withFileTypes: true });
  const versions: string[] = [];
  const ignored: { folder: string; reason: string }[] = [];
  for (const entry of entries) {
    const reason = await reasonToIgnore(modelFolder, entry);
    if (reason === null) versions.push(entry.name);
    else if (reason !== 'file') ignored.push({ folder: entry.name, reason });
  }
  ignored.sort((a, b) => (a.folder < b.folder ? -1 : 1));
  return { versions: versions.sort(compareVersions), ignored };
}

/** `null` for a version, `'file'` for what is no folder and is not named as one. */
async function reasonToIgnore(modelFolder: string, entry: Dirent): Promise<string | null> {
  const path = join(modelFolder, entry.name);
  if (entry.name.startsWith('.')) return (await isFolder(path)) ? 'begins with a dot' : 'file';
  if (!isModelVersion(entry.name)) return (await isFolder(path)) ? 'is not a version' : 'file';
  try {
    const artifact = await stat(join(path, ARTIFACT_FILE));
    return artifact.isFile() ? null : `its ${ARTIFACT_FILE} is not a file`;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return 'is not a folder';
    if (code === 'ENOENT') return reasonForAbsence(path);
    // Present, but not to be opened. To pass over it would serve an older model without a word: let reading fail.
    return null;
  }
}

async function reasonForAbsence(path: string): Promise<string> {
  if (!(await isFolder(path))) return 'is a link to a folder that does not exist';
  return (await exists(join(path, ARTIFACT_FILE)))
    ? `its ${ARTIFACT_FILE} is a link to a file that does not exist`
    : `holds no ${ARTIFACT_FILE}`;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Whether there is an entry, be it a link to nothing. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Differs once the file at `path`, links followed, was replaced or written to. */
export function stateOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}
