import { ModelImportError } from '../files/bytes/model-import.error';
import { parseJson } from '../files/json/parse-json';
import { jsonFormat } from '../files/recognition/json-kind';

const BRACE = 0x7b;
const WHITE_SPACE: readonly number[] = [0x20, 0x09, 0x0a, 0x0d];

/** Whether a file is an artifact of this project, of whatever version, and needs no conversion. */
export function isArtifact(bytes: Uint8Array): boolean {
  if (bytes.find((byte) => !WHITE_SPACE.includes(byte)) !== BRACE) return false;
  try {
    return jsonFormat(parseJson(bytes)) === 'artifact';
  } catch (error) {
    if (error instanceof ModelImportError) return false;
    throw error;
  }
}
