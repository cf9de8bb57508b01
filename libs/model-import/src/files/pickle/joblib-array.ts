import type { ByteReader } from '../bytes/byte-reader';
import { damaged } from '../bytes/damaged';
import { ModelImportError } from '../bytes/model-import.error';
import { printable } from '../bytes/printable';
import { parseDtype } from '../numpy/dtype';
import { parseShape } from '../numpy/shape';
import { NdArray, type PyObject, type PyValue } from '../values/py-value';

/**
 * The array whose data follows a `joblib.numpy_pickle.NumpyArrayWrapper`: a length byte n and n bytes of
 * padding (since joblib 1.2, where the wrapper states an alignment), then the elements. An object array
 * is a pickle of its own instead, which `readNested` reads.
 * @throws ModelImportError for the wrappers of joblib before 0.10, whose data is in other files
 */
export function readWrappedArray(
  wrapper: PyObject,
  reader: ByteReader,
  readNested: () => PyValue,
): PyValue {
  if (wrapper.type.name !== 'NumpyArrayWrapper') {
    throw companionFile(wrapper);
  }
  if (!(wrapper.state instanceof Map)) {
    throw damaged('has a NumpyArrayWrapper without attributes', wrapper.offset);
  }
  const dtype = parseDtype(wrapper.state.get('dtype'), wrapper.offset);
  const shape = parseShape(wrapper.state.get('shape'), wrapper.offset);
  if (dtype.kind === 'O') return readNested();
  const alignment = wrapper.state.get('numpy_array_alignment_bytes') ?? null;
  if (alignment !== null) reader.take(reader.uint8());
  const count = shape.reduce((product, length) => product * length, 1);
  const fortran = wrapper.state.get('order') === 'F';
  const data = reader.take(count * dtype.bytes);
  return new NdArray(dtype, shape, fortran, data, wrapper.offset);
}

/** Joblib before 0.10 wrote each array to a file of its own, `model.pkl_01.npy`. */
function companionFile({ type, state, offset }: PyObject): ModelImportError {
  const name = state instanceof Map ? state.get('filename') : undefined;
  const which = typeof name === 'string' ? ` such as "${printable(name)}"` : '';
  return new ModelImportError(
    `keeps its arrays in other files${which} (${type.name} of joblib before 0.10)`,
    'Load it in Python and save it again with a current joblib: joblib.dump(model, path, compress=3).',
    { ...(offset !== undefined && { offset }) },
  );
}
