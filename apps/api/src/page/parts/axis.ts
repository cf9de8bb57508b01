/** The values of an axis that are marked, and what is written at them. */
export interface Tick {
  readonly value: number;
  readonly text: string;
}

/** As many as fit. */
const MAX_TICKS = 5;

/** Two to six marks of an axis from `least` to `most`, least < most: multiples of 1, 2, 2.5 or 5 times a power of ten. */
export function ticksOf(least: number, most: number): readonly Tick[] {
  const width = (most - least) / MAX_TICKS;
  const power = 10 ** Math.floor(Math.log10(width));
  const factor = [1, 2, 2.5, 5].find((each) => each * power >= width) ?? 10;
  const step = factor * power;
  const first = Math.ceil(least / step);
  // Where neighbouring numbers are hardly closer than marks, positions are not exact.
  const count = Math.min(Math.floor(most / step) - first + 1, MAX_TICKS + 1);
  const values = Array.from({ length: count }, (_, i) => (first + i) * step);
  const largest = Math.max(Math.abs(least), Math.abs(most));
  // As many digits as tell one mark from the next.
  const digits = Math.floor(Math.log10(largest)) - Math.log10(power) + (factor === 2.5 ? 2 : 1);
  const options: Intl.NumberFormatOptions = {
    notation: notationOf(largest),
    maximumSignificantDigits: Math.min(Math.max(Math.round(digits), 1), 17),
    useGrouping: 'min2',
  };
  return values.map((value) => ({
    value,
    text: value === 0 ? '0' : value.toLocaleString('en', options).replaceAll('-', '−'),
  }));
}

/** A mark has room for a few characters: 250K, 1.2M. */
function notationOf(largest: number): 'standard' | 'compact' | 'scientific' {
  if (largest >= 1e15 || largest < 1e-3) return 'scientific';
  return largest >= 1e5 ? 'compact' : 'standard';
}
