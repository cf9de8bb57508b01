import type { ServedModel, TrafficSnapshot } from '@inferserve/inference';
import { html, type Html } from '../html';
import type { RecentActivity } from '../recent-activity';
import { numberText } from './number-text';
import { sharesPart } from './shares.part';

/** From this population stability index on, a column is said to have changed: 0.25 in the usual reading. */
const CHANGED = 0.25;

/** What happened since the start of this process. */
export function latelyPart(model: ServedModel, activity: RecentActivity): Html {
  const { tally, task, classes, traffic } = model;
  const { answered, refused, medianMs } = activity;
  const { total, counts } = tally;
  if (answered + refused + total === 0) {
    return html`<section aria-labelledby="lately">
      <h2 id="lately">Lately</h2>
      <p class="hint">Nobody has asked since the start of this process.</p>
    </section>`;
  }
  return html`<section aria-labelledby="lately">
    <h2 id="lately">Lately</h2>
    <p class="hint">Since the start of this process, over all its models.</p>
    <dl class="numbers">
      <div>
        <dt>answered</dt>
        <dd>${numberText(answered)}</dd>
      </div>
      <div>
        <dt>refused by the limit</dt>
        <dd>${numberText(refused)}</dd>
      </div>
      ${
        medianMs !== undefined &&
        html`<div>
          <dt>half within</dt>
          <dd>${numberText(medianMs)} ms</dd>
        </div>`
      }
      <div>
        <dt>rows of this model</dt>
        <dd>${numberText(total)}</dd>
      </div>
    </dl>
    ${
      task === 'classification' &&
      total > 0 &&
      sharesPart(classes.map((label, k) => ({ name: String(label), share: counts[k]! / total })))
    }
    ${traffic && driftPart(traffic.snapshot())}
  </section>`;
}

function driftPart({ rows, columns }: TrafficSnapshot): Html | undefined {
  const known = columns.filter(({ stabilityIndex }) => stabilityIndex !== undefined);
  if (known.length === 0) return undefined;
  const changed = known.filter(({ stabilityIndex }) => stabilityIndex! >= CHANGED);
  return html`<p>
    ${
      changed.length === 0
        ? `The ${numberText(rows)} rows of the last hour look like the training rows.`
        : `In the last hour these columns differ from the training rows: ${changed
            .map(({ name, stabilityIndex }) => `${name} (${numberText(stabilityIndex!)})`)
            .join(', ')}.`
    }
  </p>`;
}
