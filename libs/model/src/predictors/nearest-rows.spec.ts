import { NearestRows } from './nearest-rows';

describe(NearestRows, () => {
  /** The rows that are nearest by a plain sort, which in JavaScript keeps the order of equals. */
  const sorted = (distances: readonly number[], count: number): number[] =>
    distances
      .map((distance, row) => ({ distance, row }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, count)
      .map(({ row }) => row);

  const nearest = (rows: NearestRows, distances: readonly number[]): number[] => {
    rows.clear();
    for (const [row, distance] of distances.entries()) rows.offer(row, distance);
    rows.sort();
    return [...rows.rows];
  };

  test.each([1, 2, 3, 7, 50, 100])('%i of 100, among many at equal distances', (count) => {
    const rows = new NearestRows(count);
    for (let seed = 1; seed <= 50; seed++) {
      const distances = Array.from({ length: 100 }, (_, i) => (i * i * seed + 7 * i) % (seed + 1));
      expect(nearest(rows, distances)).toEqual(sorted(distances, count));
    }
  });

  test('leaves places free where distances are not finite', () => {
    const rows = new NearestRows(2);
    nearest(rows, [Infinity, 4, Number.NaN]);
    expect([...rows.distances]).toEqual([4, Infinity]);
  });

  test('as many as there are rows, each nearer than all before, cost no square of their number', () => {
    const count = 300_000;
    const rows = new NearestRows(count);
    const start = process.cpuUsage();
    rows.clear();
    for (let row = 0; row < count; row++) rows.offer(row, count - row);
    rows.sort();
    const { user } = process.cpuUsage(start);
    expect(rows.rows[0]).toBe(count - 1);
    // About 0.1 s; insertion into a sorted list takes half a minute.
    expect(user / 1e6).toBeLessThan(3);
  });
});
