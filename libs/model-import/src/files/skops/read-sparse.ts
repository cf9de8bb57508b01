import { damaged } from '../bytes/damaged';
import { decodeElements } from '../numpy/decode-elements';
import { readNpy } from '../numpy/read-npy';
import { PyGlobal } from '../values/py-global';
import { PyObject, type PyValue } from '../values/py-value';
import { ZipArchive } from '../zip/zip-archive';

/** The sparse matrix of a `.npz` that scipy.sparse.save_npz wrote, as a pickle would hold it. */
export function readSparse(bytes: Uint8Array): PyObject {
  const archive = new ZipArchive(bytes);
  const array = (name: string) => readNpy(archive.read(`${name}.npy`));
  const [format] = decodeElements(array('format'));
  if (format !== 'csr' && format !== 'csc')
    throw damaged('has a sparse matrix that is not csr or csc');
  const matrix = new PyObject(new PyGlobal('scipy.sparse', `${format}_matrix`), []);
  matrix.state = new Map<PyValue, PyValue>([
    ['_shape', decodeElements(array('shape'))],
    ['data', array('data')],
    ['indices', array('indices')],
    ['indptr', array('indptr')],
  ]);
  return matrix;
}
