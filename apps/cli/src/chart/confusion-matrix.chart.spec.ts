import type { Spec } from 'vega' with { 'resolution-mode': 'import' };
import { confusionMatrixChart } from './confusion-matrix.chart';

const TEXT = { title: 'a title', subtitle: 'a subtitle', classes: ['no', 'yes'] };

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(texts);
}

/** WCAG 2: (lighter + 0.05) / (darker + 0.05) of the relative luminances. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function between([from, to]: readonly string[], share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from!, to!].map((colour) => parseInt(colour.slice(at, at + 2), 16)) as [
      number,
      number,
    ];
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}

describe('confusionMatrixChart', () => {
  const chart: Spec = confusionMatrixChart(
    [
      [3, 1],
      [0, 4],
    ],
    TEXT,
  );

  it('has a cell for each pair of classes, with its share of the true class', () => {
    expect(chart.data).toEqual([
      {
        name: 'cells',
        values: [
          { truth: 'no', predicted: 'no', count: 3, share: 0.75, right: true },
          { truth: 'no', predicted: 'yes', count: 1, share: 0.25, right: false },
          { truth: 'yes', predicted: 'no', count: 0, share: 0, right: false },
          { truth: 'yes', predicted: 'yes', count: 4, share: 1, right: true },
        ],
      },
    ]);
  });

  it('shows a class without rows', () => {
    const { data } = confusionMatrixChart(
      [
        [0, 0],
        [0, 4],
      ],
      TEXT,
    );
    expect(JSON.stringify(data)).not.toContain('null');
  });

  it('says what it shows', () => {
    expect(texts(chart)).toEqual(
      expect.arrayContaining(['a title', 'a subtitle', 'true class', 'predicted class']),
    );
  });

  it('lays nothing out by the width of text', () => {
    expect(chart.autosize).toBe('none');
    const titles = chart.axes!.map(({ titleX, titleY }) => [titleX, titleY]);
    for (const place of titles.flat()) expect(place).toEqual(expect.any(Number));
  });

  it('keeps counts readable on every shade (3 : 1, as WCAG asks of large text)', () => {
    const ranges = chart.scales!.filter(({ name }) => name === 'right' || name === 'wrong');
    for (const { range } of ranges as { range: string[] }[]) {
      for (let share = 0.01; share <= 1; share += 0.01) {
        const ink = share >= 0.6 ? '#ffffff' : '#1b2733';
        expect(contrast(between(range, share), ink)).toBeGreaterThan(3);
      }
    }
    expect(contrast('#f1f3f5', '#6b7885')).toBeGreaterThan(3);
  });
});
