import { mulberry32 } from './mulberry32';

describe('mulberry32', () => {
  // From the author's C code, compiled with gcc.
  it.each([
    [0, [1144304738, 1416247, 958946056, 627933444]],
    [1, [2693262067, 11749833, 2265367787, 4213581821]],
    [42, [2581720956, 1925393290, 3661312704, 2876485805]],
    [0xffffffff, [3850105811, 813802916, 3073704848, 4054706436]],
  ])('gives the sequence of seed %d', (seed, expected) => {
    const random = mulberry32(seed);
    expect(expected.map(() => random() * 2 ** 32)).toEqual(expected);
  });
});
