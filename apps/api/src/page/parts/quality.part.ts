import type { Artifact, Metrics } from '@inferserve/model';
import { html, type Html } from '../html';
import type { PageModel } from '../page-model';
import { confusionMatrixPart } from './confusion-matrix.part';
import { numberText, percentText } from './number-text';
import { scatterPart } from './scatter.part';

/** The figures on rows with known answers; nothing where the artifact has none. */
export function qualityPart({ model }: PageModel): Html | undefined {
  const { artifact, classes } = model;
  // Rows that the model has not seen come first.
  const rank = ([name, { file }]: readonly [string, Metrics]): number =>
    file !== undefined ? 0 : name === 'test' ? 1 : 2;
  const sets = Object.entries(artifact.metrics ?? {}).sort((a, b) => rank(a) - rank(b));
  if (sets.length === 0) return undefined;
  const parts = sets.map(([name, figures]) => {
    const { confusionMatrix, pairs, n } = figures;
    return html`<div class="figures">
      <h3>
        ${heading(name, figures, artifact)}${n !== undefined && html` <small>${n} rows</small>`}
      </h3>
      <dl class="facts">${figuresOf(figures)}</dl>
      ${confusionMatrix && confusionMatrixPart(confusionMatrix, classes)}
      ${pairs && scatterPart(pairs, n)}
    </div>`;
  });
  const isTrained =
    artifact.provenance.source === 'trained' && sets.some(([, { file }]) => file === undefined);
  return html`<section class="wide" aria-labelledby="quality">
    <h2 id="quality">
      How good it is ${isTrained && html`<small>measured when it was trained here</small>`}
    </h2>
    <div class="columns">${parts}</div>
  </section>`;
}

/** Which rows the figures are of; `crossValidation` as people write it. */
function heading(name: string, { file }: Metrics, { provenance }: Artifact): string {
  if (file === undefined) {
    return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  }
  return provenance.source === 'imported' ? `checked at import on ${file}` : `checked on ${file}`;
}

function figuresOf({ accuracy, logLoss, brier, r2, mae, rmse }: Metrics): readonly Html[] {
  const rows: readonly (readonly [name: string, text: string | undefined])[] = [
    ['accuracy', accuracy === undefined ? undefined : percentText(accuracy)],
    ['log-loss', logLoss === undefined ? undefined : numberText(logLoss)],
    ['Brier score', brier === undefined ? undefined : numberText(brier)],
    ['R²', r2 === undefined ? undefined : numberText(r2)],
    ['mean absolute error', mae === undefined ? undefined : numberText(mae)],
    ['root mean squared error', rmse === undefined ? undefined : numberText(rmse)],
  ];
  return rows.flatMap(([name, text]) =>
    text === undefined
      ? []
      : [
          html`<dt>${name}</dt>
            <dd>${text}</dd>`,
        ],
  );
}
