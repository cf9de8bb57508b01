import { ByteReader } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { FILE_LIMITS } from '../bytes/file-limits';
import { overLimit } from '../bytes/over-limit';
import type { Dtype, DtypeField } from '../values/dtype';
import { NdArray } from '../values/py-value';
import { parseDtypeString, recordDtype } from './dtype';
import { type Literal, parsePythonLiteral } from './python-literal';
import { parseShape } from './shape';

const MAGIC = '\x93NUMPY';

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
  if (length > FILE_LIMITS.npyHeaderBytes) throw overLimit(`has a .npy header of ${length} bytes`);
  const header = parsePythonLiteral(reader.utf8(length));
  if (!(header instanceof Map)) throw damaged('has a .npy header that is not a dictionary');
  const shape = header.get('shape');
  return new NdArray(
    dtypeOf(header.get('descr')),
    parseShape(Array.isArray(shape) ? [...shape] : null),
    header.get('fortran_order') === true,
    reader.take(reader.remaining),
  );
}

/** `'<f8'`, or for records `[('left_child', '<i8'), …, ('', '|V7')]`; a member without a name is padding. */
function dtypeOf(descr: Literal | undefined): Dtype {
  if (typeof descr === 'string') return parseDtypeString(descr);
  if (!Array.isArray(descr) || descr.length > FILE_LIMITS.recordFields) {
    throw damaged('has a .npy header without a dtype');
  }
  let bytes = 0;
  const members: [string, DtypeField][] = [];
  for (const member of descr as readonly Literal[]) {
    const [name, type, shape] = Array.isArray(member) ? member : [];
    if (typeof name !== 'string' || typeof type !== 'string' || shape !== undefined) {
      throw damaged('has a .npy header with a record that is not supported');
    }
    const dtype = parseDtypeString(type);
    if (name !== '') members.push([name, { dtype, offset: bytes }]);
    bytes += dtype.bytes;
  }
  return recordDtype(bytes, members);
}
