import { ByteReader } from '../bytes/byte-reader';
import { decodeElements } from '../numpy/decode-elements';
import { readWrappedArray } from './joblib-array';
import { PyGlobal } from '../values/py-global';
import { NdArray, PyObject, type PyValue } from '../values/py-value';

function wrapper(members: Record<string, PyValue>, name = 'NumpyArrayWrapper'): PyObject {
  const object = new PyObject(new PyGlobal('joblib.numpy_pickle', name), []);
  object.state = new Map<PyValue, PyValue>(Object.entries(members));
  return object;
}

function dtype(text: string): PyObject {
  return new PyObject(new PyGlobal('numpy', 'dtype'), [text, false, true]);
}

const nothingNested = (): PyValue => {
  throw new Error('no nested pickle');
};

function elements(object: PyObject, bytes: readonly number[]): PyValue[] {
  const array = readWrappedArray(object, new ByteReader(Uint8Array.from(bytes)), nothingNested);
  return decodeElements(array as NdArray);
}

describe('readWrappedArray', () => {
  const members = { dtype: dtype('u1'), shape: [2, 2], order: 'C' };

  it('takes the data at once where no alignment is stated (joblib before 1.2)', () => {
    expect(elements(wrapper(members), [1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
    const unset = wrapper({ ...members, numpy_array_alignment_bytes: null });
    expect(elements(unset, [1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
  });

  it('passes over the padding that a length byte announces (since 1.2)', () => {
    const aligned = wrapper({ ...members, numpy_array_alignment_bytes: 16 });
    expect(elements(aligned, [3, 255, 255, 255, 1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
  });

  it('puts Fortran order into rows', () => {
    expect(elements(wrapper({ ...members, order: 'F' }), [1, 2, 3, 4])).toEqual([1, 3, 2, 4]);
  });

  it('reads an object array as a pickle of its own', () => {
    const object = wrapper({ ...members, dtype: dtype('O8') });
    expect(readWrappedArray(object, new ByteReader(new Uint8Array()), () => 'nested')).toBe(
      'nested',
    );
  });

  it('refuses what is not in the file', () => {
    expect(() => elements(wrapper(members), [1, 2, 3])).toThrow(/4 more bytes/);
    expect(() => elements(wrapper({ ...members, shape: [-1] }), [])).toThrow(/impossible shape/);
    expect(() => elements(wrapper({ ...members, shape: [1e5, 1e5] }), [])).toThrow(/elements/);
    expect(() => elements(wrapper(members, 'NDArrayWrapper'), [])).toThrow(/before 0\.10/);
  });
});
