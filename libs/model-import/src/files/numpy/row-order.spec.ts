import { toRowOrder } from './row-order';

describe('toRowOrder', () => {
  it('transposes a matrix', () => {
    expect(toRowOrder([1, 2, 3, 4, 5, 6], [2, 3])).toEqual([1, 3, 5, 2, 4, 6]);
  });

  it('reverses the strides of three axes', () => {
    // numpy.arange(12).reshape(2, 3, 2, order='F').ravel()
    expect([
      ...toRowOrder(
        Float64Array.from({ length: 12 }, (_, i) => i),
        [2, 3, 2],
      ),
    ]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
  });
});
