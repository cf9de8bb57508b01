import type { Baseline } from '@inferserve/model';
import { html, type Html } from '../html';

type Quantiles = Extract<Baseline['columns'][string], { readonly type: 'quantiles' }>;

const BARS = 24;
const WIDTH = 240;
const HEIGHT = 36;

/** A small histogram of a column whose quantiles and shares between them are known. */
export function histogramPart({ quantiles, shares }: Quantiles): Html {
  const heights = densities(quantiles, shares);
  const highest = Math.max(...heights, Number.MIN_VALUE);
  const step = WIDTH / BARS;
  const bars = heights.map((density, i) => {
    const height = Math.max((density / highest) * HEIGHT, density > 0 ? 1 : 0);
    return html`<rect
      x="${(i * step).toFixed(1)}"
      y="${(HEIGHT - height).toFixed(1)}"
      width="${(step - 1).toFixed(1)}"
      height="${height.toFixed(1)}"
    />`;
  });
  return html`<svg
    class="histogram"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${bars}
  </svg>`;
}

/**
 * Spreads what lies above a quantile and up to the next evenly over bars of equal width. A value that is several
 * quantiles at once, as whole numbers are, has a bar of its own: as many rows as lie between those quantiles hold it.
 */
function densities(quantiles: readonly number[], shares: readonly number[]): readonly number[] {
  const bars = Array.from({ length: BARS }, () => 0);
  const least = quantiles[0]!;
  const range = quantiles.at(-1)! - least;
  const position = (value: number): number => (range > 0 ? ((value - least) / range) * BARS : 0);
  const add = (at: number, share: number): void => {
    bars[Math.min(Math.floor(at), BARS - 1)]! += share;
  };
  for (const [i, share] of shares.entries()) {
    const [from, to] = [position(quantiles[i]!), position(quantiles[i + 1]!)];
    if (to === from) {
      add(to, share);
      continue;
    }
    const repeated = quantiles.lastIndexOf(quantiles[i + 1]!) - (i + 1);
    const held = Math.min(share, repeated / shares.length);
    add(to, held);
    for (let bar = Math.floor(from); bar < to; bar++) {
      const overlap = Math.min(to, bar + 1) - Math.max(from, bar);
      bars[bar]! += ((share - held) * overlap) / (to - from);
    }
  }
  return bars;
}
