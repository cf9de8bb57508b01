import { PyObject, type PyValue } from '../values/py-value';

/**
 * The bytes that a value stands for: bytes, a bytearray, or what protocol 2 writes in their place,
 * `_codecs.encode(text, 'latin1')`. `undefined` for any other value.
 */
export function bytesOf(value: PyValue | undefined): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (!(value instanceof PyObject)) return undefined;
  const [content] = value.args;
  switch (value.type.name) {
    case 'encode':
      return typeof content === 'string' ? Buffer.from(content, 'latin1') : undefined;
    case 'bytearray':
      // Protocol 2 writes bytearray(text, 'latin-1'); later ones a bytes object.
      if (typeof content === 'string') return Buffer.from(content, 'latin1');
      if (content instanceof Uint8Array) return content;
      if (content === undefined) return new Uint8Array(0);
      return content instanceof PyObject && content.type.name !== 'bytearray'
        ? bytesOf(content)
        : undefined;
    case 'bytes':
      // bytes() without arguments is how protocol 2 writes an empty bytes object.
      return content === undefined ? new Uint8Array(0) : undefined;
    default:
      return undefined;
  }
}
