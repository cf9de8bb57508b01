import { html, type Html } from '../html';
import { percentText } from './number-text';

/** A bar with its name. */
export interface Share {
  readonly name: string;
  /** From 0 to 1. */
  readonly share: number;
  /** The value that a select holds for it, as JSON: its bar is marked while it is selected. */
  readonly value?: string;
}

/** Names, bars and percentages. */
export function sharesPart(shares: readonly Share[]): Html {
  // A presentation attribute, because the content security policy allows no style of an element.
  const rows = shares.map(
    ({ name, share, value }) =>
      html`<dt>${name}</dt>
        <dd ${value !== undefined && html`data-value="${value}"`}>
          <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect width="${(share * 100).toFixed(1)}" height="1" />
          </svg>
          <span>${percentText(share)}</span>
        </dd>`,
  );
  return html`<dl class="shares">${rows}</dl>`;
}
