import { compressionOf, type Compression, decompress } from './joblib/decompress';
import { LIMITS } from './limits';
import { ModelImportError, overLimit } from './model-import.error';
import { readOnnx } from './onnx/read-onnx';
import type { OnnxModel } from './onnx/onnx-model';
import { readPickle } from './pickle/read-pickle';
import type { ForeignGlobals } from './pickle/pickle-session';
import type { PyGlobal, PyValue } from './pickle/py-value';
import { readSkops } from './skops/read-skops';

/** What a file turned out to be, as inert data. */
export type ModelFile =
  | {
      readonly format: 'pickle' | 'joblib';
      readonly compression: Compression | undefined;
      readonly protocol: number;
      readonly globals: readonly PyGlobal[];
      readonly root: PyValue;
    }
  | { readonly format: 'skops'; readonly globals: readonly PyGlobal[]; readonly root: PyValue }
  | { readonly format: 'onnx'; readonly onnx: OnnxModel }
  | { readonly format: 'json'; readonly bytes: Uint8Array };

const CURE = 'Give a file written by joblib.dump, pickle.dump, skl2onnx or skops.';
const LFS_POINTER = 'version https://git-lfs';

/**
 * Reads a file by its first bytes, whatever its name says.
 * @throws ModelImportError for anything that is not a model file, or not a sound one
 */
export function readModelFile(bytes: Uint8Array, foreign: ForeignGlobals = 'refuse'): ModelFile {
  if (bytes.length === 0) throw new ModelImportError('is empty', CURE);
  if (bytes.length > LIMITS.fileBytes) throw overLimit(`has more than ${LIMITS.fileBytes} bytes`);
  const compression = compressionOf(bytes);
  if (compression) return pickleFile(decompress(bytes, compression), foreign, compression);
  const [first, second] = bytes;
  if (first === 0x50 && second === 0x4b) return { format: 'skops', ...readSkops(bytes, foreign) };
  // Field 1 of an ONNX model, its IR version, as a varint.
  if (first === 0x08) return { format: 'onnx', onnx: readOnnx(bytes) };
  const start = Buffer.from(bytes.subarray(0, LFS_POINTER.length)).toString('latin1');
  if (start === LFS_POINTER) {
    throw new ModelImportError(
      'is a Git LFS pointer, not the model',
      'Fetch it with git lfs pull.',
    );
  }
  if (/^\s*\{/.test(start)) return { format: 'json', bytes };
  return pickleFile(bytes, foreign, undefined);
}

function pickleFile(
  bytes: Uint8Array,
  foreign: ForeignGlobals,
  compression: Compression | undefined,
): ModelFile {
  const { joblib, ...content } = readPickle(bytes, foreign);
  return { format: joblib || compression ? 'joblib' : 'pickle', compression, ...content };
}
