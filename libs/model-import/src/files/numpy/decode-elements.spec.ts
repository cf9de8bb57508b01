import { asNdArray } from './as-nd-array';
import { decodeElements } from './decode-elements';
import { PyGlobal } from '../values/py-global';
import { NdArray, PyObject } from '../values/py-value';
import { parseDtypeString } from './dtype';

function decode(
  dtype: string,
  shape: readonly number[],
  bytes: Buffer | number[],
  fortran = false,
) {
  return decodeElements(
    new NdArray(parseDtypeString(dtype), shape, fortran, Uint8Array.from(bytes)),
  );
}

describe('decodeElements', () => {
  it.each([
    ['<f8', Buffer.from('000000000000f83f', 'hex'), 1.5],
    ['>f8', Buffer.from('3ff8000000000000', 'hex'), 1.5],
    ['<f4', Buffer.from('0000c03f', 'hex'), 1.5],
    ['>f4', Buffer.from('3fc00000', 'hex'), 1.5],
    ['|i1', [0xfe], -2],
    ['<i2', [0xfe, 0xff], -2],
    ['>i4', [0, 0, 1, 0], 256],
    ['<i8', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], -1],
    ['<i8', [0, 0, 0, 0, 0, 0, 0, 0x40], 2n ** 62n],
    ['|u1', [0xfe], 254],
    ['<u2', [1, 2], 513],
    ['<u4', [0xff, 0xff, 0xff, 0xff], 2 ** 32 - 1],
    ['<u8', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 2n ** 64n - 1n],
    ['|b1', [1], true],
    ['|b1', [0], false],
    ['<U2', [0xfc, 0, 0, 0, 0, 0, 0, 0], 'ü'],
    ['>U2', [0, 0, 0, 0x61, 0, 1, 0xf6, 0], 'a😀'],
    ['<U1', [0, 0, 0, 0], ''],
    ['|S3', [0x61, 0xe9, 0], 'aé'],
    ['<f2', [0x00, 0x3e], 1.5],
    ['<f2', [0x01, 0x80], -(2 ** -24)],
    ['>f2', [0x7c, 0x00], Infinity],
  ])('reads %s', (dtype, bytes, value) => {
    expect(decode(dtype, [1], bytes as number[])).toEqual([value]);
  });

  it('answers in rows whatever the order in the file', () => {
    expect(decode('|u1', [2, 3], [1, 2, 3, 4, 5, 6])).toEqual([1, 2, 3, 4, 5, 6]);
    expect(decode('|u1', [2, 3], [1, 2, 3, 4, 5, 6], true)).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it('unpacks numpy scalars in object arrays', () => {
    const scalar = new PyObject(new PyGlobal('numpy.core.multiarray', 'scalar'), [
      new PyObject(new PyGlobal('numpy', 'dtype'), ['i8', false, true]),
      new Uint8Array([5, 0, 0, 0, 0, 0, 0, 0]),
    ]);
    const array = new NdArray(parseDtypeString('O'), [2], false, [scalar, 'text']);
    expect(decodeElements(array)).toEqual([5, 'text']);
  });

  it.each(['<f16', '|V56', '<M8', '<c16', '<U20000'])('refuses %s only now', (dtype) => {
    const { bytes } = parseDtypeString(dtype);
    expect(() => decode(dtype, [1], Buffer.alloc(bytes))).toThrow(/not supported/);
  });

  it('refuses a shape that the data does not fill', () => {
    expect(() => decode('|u1', [3], [1, 2])).toThrow(/asks for 3 bytes, but holds 2/);
    const objects = new NdArray(parseDtypeString('O'), [3], false, ['a']);
    expect(() => decodeElements(objects)).toThrow(/asks for 3 elements, but holds 1/);
    expect(() => decode('<U1', [1], [0xff, 0xff, 0xff, 0xff])).toThrow(/UTF-32/);
  });
});

describe('asNdArray', () => {
  const dtype = new PyObject(new PyGlobal('numpy', 'dtype'), ['u1', false, true]);
  const latin1 = new PyObject(new PyGlobal('_codecs', 'encode'), ['\xff\x01', 'latin1']);
  const bytes = new PyObject(new PyGlobal('builtins', 'bytearray'), [new Uint8Array([255, 1])]);

  it.each(['numpy.core', 'numpy._core'])('reads the pickles of %s', (package_) => {
    const reconstructed = new PyObject(new PyGlobal(`${package_}.multiarray`, '_reconstruct'), []);
    reconstructed.state = [1, [2], dtype, false, latin1];
    const fromBuffer = new PyObject(new PyGlobal(`${package_}.numeric`, '_frombuffer'), [
      bytes,
      dtype,
      [2],
      'C',
    ]);
    for (const value of [reconstructed, fromBuffer]) {
      expect(decodeElements(asNdArray(value)!)).toEqual([255, 1]);
    }
  });

  it('leaves other values alone', () => {
    expect(asNdArray(null)).toBeUndefined();
    expect(asNdArray([1])).toBeUndefined();
    expect(asNdArray(dtype)).toBeUndefined();
  });

  it('takes the byte order from the state of the dtype', () => {
    const bigEndian = new PyObject(new PyGlobal('numpy', 'dtype'), ['i2', false, true]);
    bigEndian.state = [3, '>', null, null, null, -1, -1, 0];
    const scalar = new PyObject(new PyGlobal('numpy.core.multiarray', 'scalar'), [
      bigEndian,
      new Uint8Array([1, 0]),
    ]);
    expect(decodeElements(asNdArray(scalar)!)).toEqual([256]);
  });
});
