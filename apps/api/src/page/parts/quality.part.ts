import { html, type Html } from '../html';
import type { PageModel } from '../page-model';
import { confusionMatrixPart } from './confusion-matrix.part';
import { numberText, percentText } from './number-text';

type Figures = NonNullable<PageModel['model']['artifact']['metrics']>[string];

/** The figures on rows with known answers; nothing where the artifact has none. */
export function qualityPart({ model }: PageModel): Html | undefined {
  const { artifact, classes } = model;
  // Rows that the model has not seen come first.
  const sets = Object.entries(artifact.metrics ?? {}).sort(
    ([a], [b]) => Number(b === 'test') - Number(a === 'test'),
  );
  if (sets.length === 0) return undefined;
  const parts = sets.map(([name, figures]) => {
    const { confusionMatrix } = figures;
    return html`<div class="figures">
      <h3>${worded(name)}${figures.n !== undefined && html` <small>${figures.n} rows</small>`}</h3>
      <dl class="facts">${figuresOf(figures)}</dl>
      ${confusionMatrix && confusionMatrixPart(confusionMatrix, classes)}
    </div>`;
  });
  return html`<section class="wide" aria-labelledby="quality">
    <h2 id="quality">How good it is</h2>
    <div class="columns">${parts}</div>
  </section>`;
}

/** `crossValidation` as people write it. */
function worded(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function figuresOf({ accuracy, logLoss, brier, r2, mae, rmse }: Figures): readonly Html[] {
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
