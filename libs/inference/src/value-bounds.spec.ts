import { valueBounds } from './value-bounds';

describe(valueBounds.name, () => {
  test.each([
    [
      'equal steps across the stated answers',
      [0, 120, 60],
      [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120],
    ],
    ['short labels', [1 / 3, 1 / 3 + 12], expect.arrayContaining([0.33, 1.33, 12.33])],
    [
      'a single answer: multiples of it',
      [200],
      [20, 50, 100, 150, 180, 200, 220, 250, 300, 400, 800, 2000],
    ],
    [
      'a single negative answer',
      [-10, -10],
      [-100, -40, -20, -15, -12.5, -11, -10, -9, -7.5, -5, -2.5, -1],
    ],
    ['only zero', [0], [-100, -10, -1, -0.1, 0, 0.1, 1, 10, 100]],
    ['more than doubles can span', [-1.7e308, 1.7e308], expect.any(Array)],
  ])('%s', (_, stated, bounds) => {
    expect(valueBounds(stated)).toEqual(bounds);
    expect(valueBounds(stated)).toEqual(
      [...new Set(valueBounds(stated))].toSorted((a, b) => a - b),
    );
  });
});
