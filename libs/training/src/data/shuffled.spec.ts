import { mulberry32 } from './mulberry32';
import { shuffled } from './shuffled';

describe('shuffled', () => {
  it('swaps from the end with an element at or before the place', () => {
    const numbers = [0.3, 0.99, 0];
    // 0.3 × 4 is place 1, 0.99 × 3 place 2, 0 × 2 place 0: d with b, c with itself, d with a.
    expect(shuffled(['a', 'b', 'c', 'd'], () => numbers.shift()!)).toEqual(['d', 'a', 'c', 'b']);
  });

  it('leaves its argument as it was', () => {
    const items = [1, 2, 3, 4];
    shuffled(items, () => 0);
    expect(items).toEqual([1, 2, 3, 4]);
  });

  it('makes every order equally likely', () => {
    const random = mulberry32(7);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = shuffled(['a', 'b', 'c'], random).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(6);
    // The 99.9th percentile with 5 degrees of freedom.
    expect(chiSquare).toBeLessThan(20.5);
  });
});
