import { parseJson } from '../json/parse-json';
import { damaged, ModelImportError } from '../model-import.error';
import { type ForeignGlobals, PickleSession } from '../pickle/pickle-session';
import type { PyGlobal, PyValue } from '../pickle/py-value';
import { readZip } from '../zip/read-zip';
import { isNode, SchemaReader } from './schema-reader';

const PROTOCOL = 2;
const CURE = 'Save the model with joblib.dump(model, path, compress=3) instead.';

/** What a skops file holds, in the form of a pickle's content. */
export interface SkopsContent {
  readonly root: PyValue;
  readonly globals: readonly PyGlobal[];
}

/**
 * Reads a skops file: a zip of `schema.json` and `.npy` arrays (skops.io, protocol 2).
 * @throws ModelImportError for a damaged file, a class or function that is foreign, or an unknown protocol
 */
export function readSkops(bytes: Uint8Array, foreign: ForeignGlobals): SkopsContent {
  const members = readZip(bytes);
  const schema = members.get('schema.json');
  if (!schema) {
    throw new ModelImportError('is a zip archive without a schema.json, so not a skops file', CURE);
  }
  const root = parseJson(schema);
  if (!isNode(root)) throw damaged('has a schema.json that is not an object');
  if (root['protocol'] !== PROTOCOL) {
    throw new ModelImportError(
      `is a skops file of protocol ${String(root['protocol']).slice(0, 20)}; ${PROTOCOL} is read`,
      'Save it again with a skops of 2024 or later, or with joblib.dump.',
    );
  }
  const reader = new SchemaReader(members, new PickleSession(foreign));
  return { root: reader.read(root, 0), globals: reader.globals };
}
