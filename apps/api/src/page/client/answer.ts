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
  };
  readonly warnings?: readonly { readonly column: string; readonly message: string }[];
}

/** The columns that mattered most; more do not fit. */
const MAX_REASONS = 12;

/** Shows an answer in the place that the page has for it. */
export function showAnswer(place: HTMLElement, answer: Answer): void {
  const { probabilities, explanation, warnings = [] } = answer;
  place.querySelector('.prediction')!.textContent = String(
    answer.predicted_class ?? answer.predicted_value,
  );
  const shares = Object.entries(probabilities ?? {});
  bars(
    place.querySelector('.probabilities')!,
    shares,
    1,
    (share) => `${(share * 100).toFixed(1)} %`,
  );
  const reasons = Object.entries(explanation?.contributions ?? {})
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
    .slice(0, MAX_REASONS);
  const largest = Math.max(...reasons.map(([, part]) => Math.abs(part)), Number.MIN_VALUE);
  const why = place.querySelector<HTMLElement>('.reasons')!;
  bars(why, reasons, largest, (part) => `${part >= 0 ? '+' : '−'}${short(Math.abs(part))}`);
  if (explanation) {
    why.querySelector('.hint')!.textContent =
      `From ${short(explanation.base)} to ${short(explanation.score)}, in ${explanation.unit}.`;
  }
  const list = place.querySelector<HTMLElement>('.warnings')!;
  list.replaceChildren(
    ...warnings.map(({ column, message }) => element('li', `${column}: ${message}`)),
  );
  list.hidden = warnings.length === 0;
}

function bars(
  place: HTMLElement,
  entries: readonly (readonly [name: string, size: number])[],
  most: number,
  text: (size: number) => string,
): void {
  const rows = entries.flatMap(([name, size]) => {
    const bar = element('span', '');
    bar.className = size < 0 ? 'bar against' : 'bar';
    // A property of the element, which the content security policy leaves to scripts.
    bar.style.inlineSize = `${(Math.abs(size) / most) * 100}%`;
    const value = element('dd', '');
    const track = element('span', '');
    track.className = 'track';
    track.append(bar);
    value.append(track, element('span', text(size)));
    return [element('dt', name), value];
  });
  place.querySelector('dl')!.replaceChildren(...rows);
  place.hidden = rows.length === 0;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
