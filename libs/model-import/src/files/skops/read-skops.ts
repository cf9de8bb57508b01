import { damaged } from '../bytes/damaged';
import { ModelImportError } from '../bytes/model-import.error';
import { printable } from '../bytes/printable';
import { parseJson } from '../json/parse-json';
import { PickleSession } from '../pickle/pickle-session';
import type { PyGlobal } from '../values/py-global';
import type { PyValue } from '../values/py-value';
import type { ZipArchive } from '../zip/zip-archive';
import { isNode, SchemaReader } from './schema-reader';

const PROTOCOLS: readonly unknown[] = [0, 1, 2];

/** What a skops file holds, in the form of a pickle's content. */
export interface SkopsContent {
  readonly root: PyValue;
  readonly globals: readonly PyGlobal[];
  readonly foreign: readonly PyGlobal[];
}

/** The member of a skops file that lists the objects. */
export const SKOPS_SCHEMA = 'schema.json';

/**
 * Reads a skops file: a zip of `schema.json` and `.npy` arrays (skops.io, protocols 0 to 2).
 * @throws ModelImportError for a damaged file or an unknown protocol
 */
export function readSkops(archive: ZipArchive): SkopsContent {
  const schema = archive.read(SKOPS_SCHEMA);
  const root = parseJson(schema);
  if (!isNode(root)) throw damaged('has a schema.json that is not an object');
  if (!PROTOCOLS.includes(root['protocol'])) {
    throw new ModelImportError(
      `is a skops file of protocol ${printable(String(root['protocol']), 20)}; protocols 0 to 2 are supported`,
      'Save it again with joblib.dump(model, path, compress=3).',
    );
  }
  const session = new PickleSession(schema.length);
  const value = new SchemaReader(archive, session).read(root, 0);
  return { root: value, globals: session.globals, foreign: session.foreign };
}
