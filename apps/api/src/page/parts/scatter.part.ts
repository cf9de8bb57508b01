import type { Metrics } from '@inferserve/model';
import { html, type Html } from '../html';
import { ticksOf } from './axis';
import { numberText } from './number-text';

type Pairs = NonNullable<Metrics['pairs']>;

const SIZE = 220;
const LEFT = 64;
const TOP = 8;
const BOTTOM = 44;
const RIGHT = 12;
/** What is left free on both ends of an axis, as a share of its values. */
const PADDING = 0.04;
const ROWS_LISTED = 10;

/**
 * Predicted values over true ones, with the line on which both are the same; `undefined` for values that no axis holds.
 * @param n how many rows the pairs stand for
 */
export function scatterPart(pairs: Pairs, n = pairs.length): Html | undefined {
  const [least, most] = rangeOf(pairs);
  if (pairs.length === 0 || !Number.isFinite(most - least)) return undefined;
  const at = (value: number): number => ((value - least) / (most - least)) * SIZE;
  const x = (value: number): string => (LEFT + at(value)).toFixed(1);
  const y = (value: number): string => (TOP + SIZE - at(value)).toFixed(1);
  const [end, bottom] = [LEFT + SIZE, TOP + SIZE];
  const marks = ticksOf(least, most).map(
    ({ value, text }) =>
      html`<path class="grid" d="M${x(value)} ${TOP}V${bottom}M${LEFT} ${y(value)}H${end}" />
        <text x="${x(value)}" y="${bottom + 16}">${text}</text>
        <text class="row" x="${LEFT - 8}" y="${y(value)}">${text}</text>`,
  );
  const points = pairs.map(
    ([truth, predicted]) => html`<circle cx="${x(truth)}" cy="${y(predicted)}" r="3" />`,
  );
  const middle = TOP + SIZE / 2;
  return html`<svg class="scatter" viewBox="0 0 ${end + RIGHT} ${bottom + BOTTOM}" role="img">
      <title>Predicted against true values</title>
      <desc>${spoken(pairs)}</desc>
      ${marks}
      <path class="diagonal" d="M${LEFT} ${bottom}L${end} ${TOP}" />
      ${points}
      <text x="${LEFT + SIZE / 2}" y="${bottom + 35}">true value</text>
      <text x="10" y="${middle}" transform="rotate(-90 10 ${middle})">predicted value</text>
    </svg>
    <p class="hint">${caption(pairs, n)}</p>
    ${tableOf(pairs)}`;
}

function rangeOf(pairs: Pairs): readonly [least: number, most: number] {
  const values = pairs.flat();
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const free = (most - least) * PADDING || Math.abs(least) / 10 || 1;
  return [least - free, most + free];
}

function caption(pairs: Pairs, n: number): string {
  const rows =
    pairs.length < n
      ? `${numberText(pairs.length)} of the ${numberText(n)} rows, evenly spread over the true values`
      : 'A point for each row';
  return `${rows}. On the dashed line the answer is the true value.`;
}

function spoken(pairs: Pairs): string {
  const truths = pairs.map(([truth]) => truth);
  const errors = pairs.map(([truth, predicted]) => Math.abs(predicted - truth));
  const sorted = errors.sort((a, b) => a - b);
  const half = sorted[Math.ceil(sorted.length / 2) - 1]!;
  return (
    `True values go from ${numberText(Math.min(...truths))} to ${numberText(Math.max(...truths))}. ` +
    `Half of the answers are at most ${numberText(half)} away from them, ` +
    `the farthest ${numberText(sorted.at(-1)!)}.`
  );
}

/** A few of the rows as numbers. */
function tableOf(pairs: Pairs): Html {
  const sorted = [...pairs].sort(([a], [b]) => a - b);
  const step = Math.max((sorted.length - 1) / (ROWS_LISTED - 1), 1);
  const listed = Array.from(
    { length: Math.min(ROWS_LISTED, sorted.length) },
    (_, i) => sorted[Math.round(i * step)]!,
  );
  return html`<details>
    <summary>Some rows as numbers</summary>
    <table>
      <thead>
        <tr>
          <th scope="col">true value</th>
          <th scope="col">predicted</th>
          <th scope="col">error</th>
        </tr>
      </thead>
      <tbody>
        ${listed.map(
          ([truth, predicted]) =>
            html`<tr>
              <td>${numberText(truth)}</td>
              <td>${numberText(predicted)}</td>
              <td>${numberText(predicted - truth)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}
