import {
  arrayLength,
  float64Values,
  int32Values,
  matrixShape,
  packArray,
  packMatrix,
} from './numeric-array';

const LONG = Float64Array.from({ length: 600 }, (_, i) => i / 7);

describe('a numeric array', () => {
  test('of few numbers stays readable', () => {
    expect(packArray(Float64Array.of(0.1, 2))).toEqual([0.1, 2]);
    expect(packMatrix([1, 2, 3, 4, 5, 6], 3)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test('of rows that JSON has no numbers for is packed', () => {
    const values = Float64Array.of(1, NaN, 3, 4);
    const matrix = packMatrix(values, 2);
    expect(matrixShape(matrix)).toEqual([2, 2]);
    expect(float64Values(matrix)).toEqual(values);
  });

  test('of many is packed and comes back bit for bit', () => {
    const packed = packArray(LONG);
    expect(packed).toMatchObject({ dtype: 'float64', shape: [600] });
    expect(float64Values(packed)).toEqual(LONG);
    expect(arrayLength(packed)).toBe(600);
    const matrix = packMatrix(LONG, 20);
    expect(matrixShape(matrix)).toEqual([30, 20]);
    expect(float64Values(matrix)).toEqual(LONG);
  });

  test('keeps its dtype, and NaN and infinities where it is packed', () => {
    const special = Float32Array.from(LONG, (value, i) => [NaN, Infinity, -0, value][i % 4]!);
    expect(packArray(special)).toMatchObject({ dtype: 'float32' });
    expect(float64Values(packArray(special))).toEqual(Float64Array.from(special));
    const whole = Int32Array.from(LONG, (_, i) => (i % 2 === 0 ? -i : 2 ** 31 - 1));
    expect(int32Values(packArray(whole))).toEqual(whole);
  });

  test('is little-endian base64', () => {
    const packed = packArray(new Float64Array(300).fill(1));
    // 1.0 is 00 00 00 00 00 00 f0 3f.
    expect(packed).toMatchObject({ data: expect.stringMatching(/^AAAAAAAA8D8AAAAAAADwPwAA/) });
  });

  test('has no shape where rows differ in length', () => {
    expect(matrixShape([[1, 2], [3]])).toBeUndefined();
    expect(matrixShape(packArray(LONG) as never)).toBeUndefined();
  });
});
