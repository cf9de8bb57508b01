import { html, type Html } from '../html';

const BARS = 24;
const WIDTH = 240;
const HEIGHT = 36;

/** A small histogram of a column whose quantiles and shares between them are known. */
export function histogramPart(quantiles: readonly number[], shares: readonly number[]): Html {
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

/** Spreads what lies between two quantiles evenly over bars of equal width. */
function densities(quantiles: readonly number[], shares: readonly number[]): readonly number[] {
  const bars = Array.from({ length: BARS }, () => 0);
  const least = quantiles[0]!;
  const range = quantiles.at(-1)! - least;
  if (!(range > 0)) return bars.fill(1, BARS / 2, BARS / 2 + 1);
  for (const [i, share] of shares.entries()) {
    const from = ((quantiles[i]! - least) / range) * BARS;
    const to = ((quantiles[i + 1]! - least) / range) * BARS;
    for (let bar = Math.floor(from); bar < BARS && bar <= to; bar++) {
      const overlap = Math.min(to, bar + 1) - Math.max(from, bar);
      bars[bar]! += to > from ? (share * overlap) / (to - from) : share;
    }
  }
  return bars;
}
