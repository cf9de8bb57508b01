import { littleEndianBytes } from '../tensors/little-endian';
import type { Element } from '../tensors/element';
import type { OutputDatatype, OutputTensor } from './output-tensor';

/** The bytes of an output as the binary data extension has them: little-endian, row-major. */
export function encodeBinary({ datatype, values }: OutputTensor): Buffer {
  if ('numbers' in values) return littleEndianBytes(values.numbers);
  const encoded = values.options.map((option) => encodeElement(option, datatype));
  const { indices } = values;
  let size = 0;
  for (let i = 0; i < indices.length; i++) size += encoded[indices[i]!]!.length;
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (let i = 0; i < indices.length; i++) {
    const element = encoded[indices[i]!]!;
    // Byte by byte: elements are short, and a call of `set` takes longer than to copy one.
    for (let j = 0; j < element.length; j++) bytes[at++] = element[j]!;
  }
  return bytes;
}

function encodeElement(element: Element, datatype: OutputDatatype): Buffer {
  if (datatype === 'INT64') {
    return littleEndianBytes(BigInt64Array.of(BigInt(element as number)));
  }
  if (datatype === 'BOOL') return Buffer.from([Number(element)]);
  const text = Buffer.from(String(element), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text]);
}
