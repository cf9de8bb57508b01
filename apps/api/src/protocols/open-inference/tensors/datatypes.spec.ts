import { DATATYPE } from './datatypes';
import { bfloatToNumber, halfToNumber } from './half-floats';

const decode = (name: string, bytes: readonly number[], count: number): unknown[] =>
  Array.from(DATATYPE.get(name)!.decode(Buffer.from(bytes), count));

test.each<[string, number[], unknown[]]>([
  ['BOOL', [0, 1], [false, true]],
  ['INT8', [0xff, 0x7f], [-1, 127]],
  ['INT16', [0x00, 0x80], [-32768]],
  ['INT32', [0xfe, 0xff, 0xff, 0xff], [-2]],
  ['INT64', [0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [-3]],
  ['UINT8', [0xff], [255]],
  ['UINT16', [0x01, 0x02], [513]],
  ['UINT32', [0xff, 0xff, 0xff, 0xff], [4294967295]],
  ['UINT64', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0], [Number.MAX_SAFE_INTEGER]],
  ['FP16', [0x00, 0x3e, 0x00, 0xc0], [1.5, -2]],
  ['BF16', [0xc0, 0x3f], [1.5]],
  ['FP32', [0x00, 0x00, 0xc0, 0x3f], [1.5]],
  ['FP64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], [1.5]],
  ['BYTES', [1, 0, 0, 0, 0x61, 0, 0, 0, 0, 2, 0, 0, 0, 0xc3, 0xa9], ['a', '', 'é']],
])('%s: little-endian bytes', (name, bytes, expected) => {
  expect(decode(name, bytes, expected.length)).toEqual(expected);
});

test('bytes that are not aligned, as they are behind JSON of any length', () => {
  const bytes = Buffer.from([9, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f]).subarray(1);
  expect(Array.from(DATATYPE.get('FP64')!.decode(bytes, 1))).toEqual([1.5]);
});

test.each<[string, number[], number, string]>([
  ['BOOL', [2], 1, '0 or 1'],
  ['INT64', [0, 0, 0, 0, 0, 0, 0x20, 0], 1, '2^53'],
  ['UINT64', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], 1, '2^53'],
  ['BYTES', [5, 0, 0, 0, 0x61], 1, 'longer'],
  ['BYTES', [0xff, 0xff, 0xff, 0xff], 1, 'longer'],
  ['BYTES', [1, 0, 0, 0, 0x61], 2, 'fewer'],
  ['BYTES', [1, 0, 0, 0, 0x61, 0, 0, 0, 0], 1, 'more'],
  ['BYTES', [1, 0, 0, 0, 0xff], 1, 'UTF-8'],
])('%s %j is refused', (name, bytes, count, message) => {
  expect(() => decode(name, bytes, count)).toThrow(message);
});

test('half precision: what IEEE 754 says of its ends', () => {
  const cases: [number, number][] = [
    [0x0001, 2 ** -24],
    [0x03ff, (1023 / 1024) * 2 ** -14],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x8000, -0],
  ];
  for (const [bits, value] of cases) expect(halfToNumber(bits)).toBe(value);
  expect(halfToNumber(0x7e00)).toBeNaN();
  expect([bfloatToNumber(0x4049), bfloatToNumber(0xff80)]).toEqual([3.140625, -Infinity]);
});

test.each<[string, unknown[], unknown[]]>([
  ['UINT8', [0, 255], [256, -1, 1.5, '1', true]],
  ['INT8', [-128, 127], [128, -129]],
  ['INT64', [Number.MIN_SAFE_INTEGER], [2 ** 53, 0.1]],
  ['UINT64', [0], [-1]],
  ['FP32', [6.8, 6.800000190734863, 3.4028234663852886e38], [1e39, Infinity, '1', [1]]],
  ['FP64', [1.7e308], [Infinity, '1', true]],
  ['BOOL', [true, false], [0, 1, 'true']],
  ['BYTES', ['', 'a'], [1, true, ['a']]],
])('%s in JSON', (name, good, bad) => {
  const { isElement } = DATATYPE.get(name)!;
  expect(good.map((value) => isElement!(value))).toEqual(good.map(() => true));
  expect(bad.map((value) => isElement!(value))).toEqual(bad.map(() => false));
});

test('half floats have no JSON form', () => {
  expect([DATATYPE.get('FP16')!.isElement, DATATYPE.get('BF16')!.isElement]).toEqual([
    undefined,
    undefined,
  ]);
});
