import { FILE_LIMITS } from './bytes/file-limits';
import { ModelImportError } from './bytes/model-import.error';
import { overLimit } from './bytes/over-limit';
import { compressionOf, type Compression, decompress } from './compression/decompress';
import { parseJson } from './json/parse-json';
import { isLightGbmText, readLightGbmText } from './lightgbm/lightgbm-text';
import type { ModelFile } from './model-file';
import { readOnnx } from './onnx/read-onnx';
import { readPickle } from './pickle/read-pickle';
import type { FileKind } from './recognition/file-kind';
import { jsonFormat, kindOfJson } from './recognition/json-kind';
import { kindByMagic } from './recognition/magic-numbers';
import { kindOfProtobuf } from './recognition/protobuf-kind';
import { kindOfText } from './recognition/text-kind';
import { kindOfZip } from './recognition/zip-kind';
import { readSkops, SKOPS_SCHEMA } from './skops/read-skops';
import { readUbjson } from './ubjson/read-ubjson';
import { isXgboostBinary, readXgboostBinary } from './xgboost/xgboost-binary';
import { ZipArchive } from './zip/zip-archive';

const PICKLE = 0x80;
/** A UBJSON object whose first key has a length of one of the integer types. */
const UBJSON_START = /^\{[LiUIl$#]/;
const JSON_START = /^(?:\xef\xbb\xbf)?\s*[[{]/;

/**
 * Reads a file by its content, whatever its name says; nothing in it is executed.
 * @throws ModelImportError for anything that is not a supported model file, which says what it is instead
 */
export function readModelFile(bytes: Uint8Array): ModelFile {
  if (bytes.length === 0) {
    throw new ModelImportError('is empty', 'Save the model again, or copy the file again.');
  }
  if (bytes.length > FILE_LIMITS.fileBytes) {
    throw overLimit(`has more than ${FILE_LIMITS.fileBytes} bytes`);
  }
  // A number comes first in it, which may look like anything.
  const compression = isXgboostBinary(bytes) ? undefined : compressionOf(bytes);
  return compression
    ? readContent(decompress(bytes, compression), compression)
    : readContent(bytes, undefined);
}

function readContent(bytes: Uint8Array, compression: Compression | undefined): ModelFile {
  if (isXgboostBinary(bytes)) {
    return { format: 'xgboost', encoding: 'binary', bytes, document: readXgboostBinary(bytes) };
  }
  refuse(kindByMagic(bytes));
  if (bytes[0] === PICKLE) return readPythonPickle(bytes, compression);
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (start.startsWith('PK')) return readZip(bytes);
  if (isLightGbmText(bytes)) return { format: 'lightgbm-text', text: readLightGbmText(bytes) };
  if (UBJSON_START.test(start)) return readDocument(bytes, 'ubjson');
  if (JSON_START.test(start)) return readDocument(bytes, 'json');
  // Field 1 of an ONNX model, its IR version, as a varint.
  if (bytes[0] === 0x08) {
    refuse(kindOfProtobuf(bytes));
    return { format: 'onnx', onnx: readOnnx(bytes) };
  }
  if (!isTextPickle(bytes)) refuse(kindOfText(bytes));
  return readPythonPickle(bytes, compression);
}

function readPythonPickle(bytes: Uint8Array, compression: Compression | undefined): ModelFile {
  const { joblib, ...content } = readPickle(bytes);
  return { format: joblib || compression ? 'joblib' : 'pickle', compression, ...content };
}

function readZip(bytes: Uint8Array): ModelFile {
  const archive = new ZipArchive(bytes);
  if (!archive.has(SKOPS_SCHEMA)) refuse(kindOfZip(archive.names));
  return { format: 'skops', ...readSkops(archive) };
}

function readDocument(bytes: Uint8Array, encoding: 'json' | 'ubjson'): ModelFile {
  const document = encoding === 'json' ? parseJson(bytes) : readUbjson(bytes);
  const format = jsonFormat(document);
  if (format !== 'unknown') return { format, encoding, bytes, document };
  const { what, remedy } = kindOfJson(document);
  throw new ModelImportError(`is ${what}`, remedy);
}

/** Protocols 0 and 1 are text that ends with a dot, STOP. */
function isTextPickle(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 40)).toString('latin1');
  return bytes.at(-1) === 0x2e && /^(?:c[\w.]+\n\w+\n|\(?[ld(]p?\d|ccopy_reg|\(i)/.test(start);
}

function refuse(kind: FileKind | undefined): void {
  if (kind) throw new ModelImportError(`is ${kind.what}`, kind.remedy);
}
