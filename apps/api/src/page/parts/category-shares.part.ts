import { type Baseline, float64Values } from '@inferserve/model';
import type { Html } from '../html';
import { type Share, sharesPart } from './shares.part';

type Shares = Extract<Baseline['columns'][string], { readonly type: 'shares' }>;

/** More values than these are drawn together. */
const MAX_BARS = 6;

/** How many of the training rows had each value: all in their order where they are few, else the most frequent. */
export function categorySharesPart(
  values: readonly (string | number | boolean)[],
  { shares, other }: Shares,
): Html {
  const known = [...float64Values(shares)];
  const bars: Share[] = values.map((value, i) => ({
    name: String(value),
    share: known[i]!,
    value: JSON.stringify(value),
  }));
  const drawn =
    bars.length > MAX_BARS
      ? [...bars].sort((a, b) => b.share - a.share).slice(0, MAX_BARS - 1)
      : bars;
  const present = known.reduce((sum, share) => sum + share, other);
  const rest = present - drawn.reduce((sum, { share }) => sum + share, 0);
  const others = bars.length - drawn.length;
  const name = others > 0 ? `${others} others` : 'others';
  return sharesPart(others > 0 || other > 0 ? [...drawn, { name, share: rest }] : drawn);
}
