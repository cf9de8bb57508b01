import { decodeElements } from './decode-elements';
import { decodeField } from './decode-numbers';
import { readNpy } from './read-npy';

function npy(header: string, data: readonly number[], major = 1): Buffer {
  const length = Buffer.alloc(major === 1 ? 2 : 4);
  length.writeUIntLE(header.length, 0, major === 1 ? 2 : 4);
  return Buffer.concat([
    Buffer.from('\x93NUMPY', 'latin1'),
    Buffer.from([major, 0]),
    length,
    Buffer.from(header),
    Buffer.from(data),
  ]);
}

const header = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }          \n`;

describe('readNpy', () => {
  it.each([1, 2, 3])('reads version %i', (major) => {
    expect(decodeElements(readNpy(npy(header('|u1', '3,'), [7, 8, 9], major)))).toEqual([7, 8, 9]);
  });

  it('reads scalars and Fortran order', () => {
    expect(decodeElements(readNpy(npy(header('|u1', ''), [7])))).toEqual([7]);
    expect(decodeElements(readNpy(npy(header('|u1', '2, 2', 'True'), [1, 2, 3, 4])))).toEqual([
      1, 3, 2, 4,
    ]);
  });

  it.each([
    ['another magic', Buffer.from('\x93NUMPX\x01\0', 'latin1'), /not \.npy/],
    ['code in its header', npy("__import__('os')\n", []), /not a Python literal/],
    [
      'a subarray in a record',
      npy("{'descr': [('a', '<f8', (2,))], 'fortran_order': False, 'shape': (1,), }\n", []),
      /record that is not supported/,
    ],
    ['an absurd shape', npy(header('|u1', '99999, 99999'), []), /elements/],
    ['a long header', npy(' '.repeat(20_000), [], 2), /header of 20000 bytes/],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => readNpy(bytes)).toThrow(reason);
  });

  it('refuses less data than its shape', () => {
    expect(() => decodeElements(readNpy(npy(header('|u1', '3,'), [7])))).toThrow(
      /asks for 3 bytes/,
    );
  });
});

describe('records in .npy', () => {
  it('reads each member, and passes over padding', () => {
    const descr = "[('left', '<i2'), ('value', '>f4'), ('', '|V2')]";
    const bytes = npy(
      `{'descr': ${descr}, 'fortran_order': False, 'shape': (2,), }\n`,
      [1, 0, 0x3f, 0xc0, 0, 0, 9, 9, 0xff, 0xff, 0xc0, 0, 0, 0, 9, 9],
    );
    const array = readNpy(bytes);
    expect([...decodeField(array, 'left')]).toEqual([1, -1]);
    expect([...decodeField(array, 'value')]).toEqual([1.5, -2]);
    expect(() => decodeField(array, 'right')).toThrow(/without a member "right"/);
  });
});
