import { ticksOf } from './axis';

describe('ticksOf', () => {
  it.each<[number, number, string[]]>([
    [0, 1, ['0', '0.2', '0.4', '0.6', '0.8', '1']],
    [-0.9, 1.1, ['−0.5', '0', '0.5', '1']],
    [0, 1.1, ['0', '0.25', '0.5', '0.75', '1']],
    [1949, 2027, ['1960', '1980', '2000', '2020']],
    [0, 45_000, ['0', '10,000', '20,000', '30,000', '40,000']],
    [52_932, 913_368, ['200K', '400K', '600K', '800K']],
    [1_000_000, 1_000_300, ['1M', '1.0001M', '1.0002M', '1.0003M']],
    [-3e-7, 1e-6, ['0', '5E−7', '1E−6']],
    [0, 2e20, ['0', '5E19', '1E20', '1.5E20', '2E20']],
  ])('from %d to %d are round numbers that fit', (least, most, texts) => {
    expect(ticksOf(least, most).map(({ text }) => text)).toEqual(texts);
  });

  it('lie on the axis, two to six of them, and are all told apart', () => {
    for (let i = 1; i < 500; i++) {
      // Golden-ratio steps, over twelve powers of ten.
      const least = ((i * 0.618) % 1) * 10 ** (i % 7) - 10 ** (i % 5);
      const most = least + 10 ** ((i % 12) - 4) * (1 + ((i * 0.377) % 1) * 9);
      const ticks = ticksOf(least, most);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
      const free = (most - least) * 1e-9;
      for (const { value } of ticks) {
        expect(value).toBeGreaterThanOrEqual(least - free);
        expect(value).toBeLessThanOrEqual(most + free);
      }
    }
  });

  it('end where neighbouring numbers are hardly closer than the marks', () => {
    expect(ticksOf(1e15, 1e15 + 0.5).length).toBeLessThanOrEqual(6);
    expect(ticksOf(0, Number.MIN_VALUE).length).toBeLessThanOrEqual(6);
  });
});
