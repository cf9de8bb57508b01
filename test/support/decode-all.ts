import { decodeElements } from '../../libs/model-import/src/files/numpy/decode-elements';
import { decodeField } from '../../libs/model-import/src/files/numpy/decode-numbers';
import { asNdArray } from '../../libs/model-import/src/files/numpy/as-nd-array';
import { readModelFile } from '../../libs/model-import/src/files/read-model-file';
import { PyObject, type PyValue } from '../../libs/model-import/src/files/values/py-value';

/** More values than any reference file has; a bomb of shared references must not keep the test busy. */
const MAX_VALUES = 200_000;

/** Reads a file and decodes every array in it, as nothing but a test does. */
export function decodeAll(bytes: Uint8Array): number {
  const file = readModelFile(bytes);
  return 'root' in file ? decodeFrom(file.root) : 0;
}

function decodeFrom(root: PyValue): number {
  const seen = new Set<PyValue>();
  const queue: PyValue[] = [root];
  let decoded = 0;
  for (let next = 0; next < queue.length && next < MAX_VALUES; next++) {
    const value = queue[next]!;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const array = asNdArray(value);
    if (array) {
      decoded++;
      if (array.dtype.fields)
        for (const name of array.dtype.fields.keys()) decodeField(array, name);
      else if (array.dtype.kind !== 'V') queue.push(...decodeElements(array));
    }
    queue.push(...partsOf(value));
  }
  return decoded;
}

function partsOf(value: PyValue): PyValue[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value.keys(), ...value.values()];
  if (value instanceof Set) return [...value];
  if (!(value instanceof PyObject)) return [];
  return [...value.args, ...value.added, value.state ?? null, value.callee ?? null];
}
