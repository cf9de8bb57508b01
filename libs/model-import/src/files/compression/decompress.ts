import { gunzipSync, inflateSync } from 'node:zlib';
import { damaged } from '../bytes/damaged';
import { inflatedLimit } from '../bytes/file-limits';
import { ModelImportError } from '../bytes/model-import.error';
import { overLimit } from '../bytes/over-limit';

export type Compression = 'zlib' | 'gzip';

/** Formats that joblib can write and Node cannot read, by their first bytes. */
const UNSUPPORTED: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ['bz2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['lzma', [0x5d, 0x00, 0x00]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['"ZF" (joblib before 0.10)', [0x5a, 0x46]],
];

/** How a file is compressed, or `undefined` where it is not (RFC 1950, RFC 1952). */
export function compressionOf(bytes: Uint8Array): Compression | undefined {
  const [first = 0, second = 0] = bytes;
  if (first === 0x1f && second === 0x8b) return 'gzip';
  if (first === 0x78 && (first * 256 + second) % 31 === 0) return 'zlib';
  const unsupported = UNSUPPORTED.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte));
  if (!unsupported) return undefined;
  throw new ModelImportError(
    `is compressed with ${unsupported[0]}, which is not supported`,
    'Save it again with zlib: joblib.dump(model, path, compress=3).',
    { offset: 0 },
  );
}

/**
 * The inflated content.
 * @throws ModelImportError for damaged or unfinished data, bytes behind it, or too much of it
 */
export function decompress(bytes: Uint8Array, compression: Compression): Uint8Array {
  const inflate = compression === 'gzip' ? gunzipSync : inflateSync;
  const limit = inflatedLimit(bytes.length);
  const options = { maxOutputLength: limit, info: true } as const;
  try {
    // With `info` Node returns the engine too; its types do not know that form.
    const { buffer, engine } = inflate(bytes, options) as unknown as InflateInfo;
    if (engine.bytesWritten !== bytes.length) {
      throw damaged(`has bytes after the end of its ${compression} data`, engine.bytesWritten);
    }
    return buffer;
  } catch (cause) {
    if (cause instanceof ModelImportError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw overLimit(`inflates to more than ${limit} bytes`);
    }
    throw damaged(
      `has ${compression} data that is broken or truncated (${code})`,
      undefined,
      cause,
    );
  }
}

interface InflateInfo {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}
