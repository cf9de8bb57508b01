import { alignedText, isExact, percentText, valueText } from './number-text';

/** What the server answers to a row. */
export interface Answer {
  readonly predicted_class?: string | number | boolean;
  readonly predicted_value?: number;
  readonly probabilities?: Readonly<Record<string, number>>;
  readonly explanation?: {
    readonly score: number;
    readonly base: number;
    readonly unit: string;
    readonly contributions: Readonly<Record<string, number>>;
  } | null;
  readonly warnings?: readonly { readonly column: string; readonly message: string }[];
}

type Entry = readonly [name: string, size: number];

/** More bars than this do not fit. */
const MAX_BARS = 12;

/** Shows an answer in the place that the page has for it. */
export function showAnswer(place: HTMLElement, answer: Answer): void {
  const { predicted_value: value, probabilities, explanation, warnings = [] } = answer;
  const part = (name: string): HTMLElement => place.querySelector(`.${name}`)!;
  const text = value === undefined ? String(answer.predicted_class) : valueText(value);
  part('prediction').textContent = text;
  part('exact').lastElementChild!.textContent = String(value);
  part('exact').hidden = value === undefined || isExact(text, value);
  bars(part('probabilities'), Object.entries(probabilities ?? {}), percentText, 1);
  if (explanation) showReasons(part('reasons'), explanation);
  else part('reasons').hidden = true;
  part('warnings').replaceChildren(
    ...warnings.map(({ column, message }) => element('li', `${column}: ${message}`)),
  );
  part('warnings').hidden = warnings.length === 0;
}

function showReasons(
  place: HTMLElement,
  { base, score, unit, contributions }: NonNullable<Answer['explanation']>,
): void {
  const reasons = Object.entries(contributions);
  const largest = Math.max(...reasons.map(([, part]) => Math.abs(part)));
  const written = alignedText(largest || Math.abs(base) || 1);
  bars(place, bySize(reasons), (part) => written(part, { signDisplay: 'exceptZero' }));
  place.querySelector('.hint')!.textContent =
    `From ${written(base)} for an average row to ${written(score)}, in ${unit}.`;
}

const bySize = (entries: readonly Entry[]): readonly Entry[] =>
  [...entries].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));

/** Draws the entries from a common zero; of too many the largest, and all others as one. */
function bars(
  place: HTMLElement,
  all: readonly Entry[],
  text: (size: number) => string,
  most = 0,
): void {
  const entries = all.length > MAX_BARS ? shortened(all) : all;
  const zero = Math.max(...entries.map(([, size]) => -size), 0);
  const width = Math.max(...entries.map(([, size]) => size), most) + zero || 1;
  const rows = entries.flatMap(([name, size]) => {
    const bar = element('span', '');
    bar.className = size < 0 ? 'bar against' : 'bar';
    // Properties of the element, which the content security policy leaves to scripts.
    bar.style.inlineSize = `${(Math.abs(size) / width) * 100}%`;
    bar.style.marginInlineStart = `${((zero + Math.min(size, 0)) / width) * 100}%`;
    const track = element('span', '');
    track.className = 'track';
    track.append(bar);
    const value = element('dd', '');
    value.append(track, element('span', text(size)));
    value.title = String(size);
    return [element('dt', name), value];
  });
  place.querySelector('dl')!.replaceChildren(...rows);
  place.hidden = rows.length === 0;
}

function shortened(all: readonly Entry[]): readonly Entry[] {
  const entries = bySize(all);
  const others = entries.slice(MAX_BARS - 1);
  const sum = others.reduce((total, [, size]) => total + size, 0);
  return [...entries.slice(0, MAX_BARS - 1), [`${others.length} others`, sum]];
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
