import { describeModel } from '@inferserve/model';
import { html, type Html } from '../html';
import type { PageModel } from '../page-model';

/** What the model is and where it comes from. */
export function factsPart({ model, models, root }: PageModel): Html {
  const { artifact, name, version, columns, classes } = model;
  const { provenance, createdAt, contentHash } = artifact;
  const { pipeline, predictor, output } = describeModel(artifact);
  const files = (provenance.sourceFiles ?? []).map((file) => file.name).join(', ');
  const versions = (models.get(name) ?? []).map(
    (each) =>
      html`<a
        href="${root}models/${encodeURIComponent(name)}/versions/${encodeURIComponent(each)}/page"
        ${each === version && html`aria-current="page"`}
        >${each}</a
      > `,
  );
  const facts: readonly (readonly [name: string, value: string | Html | undefined])[] = [
    ['From', files || (provenance.source === 'trained' ? 'trained here' : undefined)],
    ['Format', provenance.sourceFormat],
    ['scikit-learn', provenance.sklearnVersion],
    ['Made', createdAt],
    ['Versions served', html`${versions}`],
    ['Columns', String(columns.length)],
    ['Classes', classes.length > 0 ? classes.map(String).join(', ') : undefined],
    ['Steps', [...pipeline, predictor, output].join(' → ')],
    ['Content hash', contentHash && html`<code>${contentHash}</code>`],
  ];
  return html`<section class="wide" aria-labelledby="facts">
    <h2 id="facts">What it is</h2>
    <dl class="facts">
      ${facts.flatMap(([term, value]) =>
        value === undefined || value === ''
          ? []
          : [
              html`<dt>${term}</dt>
                <dd>${value}</dd>`,
            ],
      )}
    </dl>
    ${(provenance.warnings ?? []).map((warning) => html`<p class="hint">${warning}</p>`)}
  </section>`;
}
