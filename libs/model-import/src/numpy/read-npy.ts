import { ByteReader } from '../byte-reader';
import { LIMITS } from '../limits';
import { damaged, overLimit } from '../model-import.error';
import { parseDtypeString } from './dtype';
import { NdArray, parseShape } from './nd-array';

const MAGIC = '\x93NUMPY';
const HEADER =
  /^\{\s*'descr':\s*'([^']{1,20})',\s*'fortran_order':\s*(True|False),\s*'shape':\s*\(([\d\s,]*)\),?\s*\}\s*$/;

/**
 * The array of a `.npy` file (numpy.lib.format, versions 1 to 3).
 * @throws ModelImportError for a header that states more than the file holds
 */
export function readNpy(bytes: Uint8Array): NdArray {
  const reader = new ByteReader(bytes);
  if (Buffer.from(reader.take(MAGIC.length)).toString('latin1') !== MAGIC) {
    throw damaged('has an array file that is not .npy');
  }
  const major = reader.uint8();
  reader.uint8();
  const length = major === 1 ? reader.uint16() : reader.uint32();
  if (length > LIMITS.npyHeaderBytes) throw overLimit(`has a .npy header of ${length} bytes`);
  const match = HEADER.exec(reader.utf8(length));
  if (!match) throw damaged('has a .npy header that is not read');
  const [, descr = '', fortran, lengths = ''] = match;
  const shape = parseShape(
    lengths
      .split(',')
      .filter((part) => part.trim() !== '')
      .map(Number),
  );
  return new NdArray(
    parseDtypeString(descr),
    shape,
    fortran === 'True',
    reader.take(reader.remaining),
  );
}
