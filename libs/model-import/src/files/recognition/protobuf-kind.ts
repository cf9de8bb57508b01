import type { FileKind } from './file-kind';

const NETWORK =
  'Deep learning models are not supported: serve it with the tools of its own framework.';

/**
 * A TensorFlow SavedModel starts as an ONNX model does: field 1 is a version, field 2 a length and content. For ONNX
 * the content is the name of the program that made it, for TensorFlow a message.
 */
export function kindOfProtobuf(bytes: Uint8Array): FileKind | undefined {
  if (bytes[2] !== 0x12 || bytes[1] !== 0x01) return undefined;
  const start = Buffer.from(bytes.subarray(3, 64 * 1024)).toString('latin1');
  return start.includes('serve') &&
    start
      .slice(1, 8)
      .split('')
      .some((sign) => sign < ' ')
    ? { what: 'a TensorFlow SavedModel', remedy: NETWORK }
    : undefined;
}
