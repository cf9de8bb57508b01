import { html, type Html } from '../html';
import type { PageModel } from '../page-model';
import { fieldPart } from './field.part';

/** The form of all columns, filled with the example of the model, and the place of the answer. */
export function formPart({ model, predictUrl, include, exampleAnswer, hasKeys }: PageModel): Html {
  const { columns, example, artifact, task } = model;
  const fields = columns.map((column, i) =>
    fieldPart(
      column,
      i,
      (example.row[column.name] ?? null) as string | number | boolean | null,
      artifact.baseline?.columns[column.name],
    ),
  );
  const query = include.length > 0 ? `?include=${include.join(',')}` : '';
  const stated = example.answer.task === 'regression' ? example.answer.value : example.answer.label;
  return html`<section class="try" aria-labelledby="try">
    <h2 id="try">
      Try it ${artifact.baseline && html`<small>bars show the training rows</small>`}
    </h2>
    <form data-url="${predictUrl}${query}" data-plain-url="${predictUrl}" novalidate>
      <div class="fields">${fields}</div>
      ${
        hasKeys &&
        html`<div class="field key">
          <label for="key">API key</label>
          <input id="key" type="password" autocomplete="off" aria-describedby="key-hint" />
          <p class="hint" id="key-hint">stays in this window</p>
        </div>`
      }
      <button type="submit">Predict</button>
    </form>
    <div class="answer" aria-live="polite" data-answer="${JSON.stringify(exampleAnswer)}">
      <p class="eyebrow">${task === 'regression' ? 'Predicted value' : 'Predicted class'}</p>
      <output class="prediction">${String(stated)}</output>
      <p class="exact" hidden>exactly <span></span></p>
      <p class="status">For the example in the form.</p>
      <ul class="warnings" aria-label="Outside of the training rows" hidden></ul>
      <div class="probabilities" hidden>
        <h3>Probabilities</h3>
        <dl></dl>
      </div>
      <div class="reasons" hidden>
        <h3>Why</h3>
        <dl></dl>
        <p class="hint"></p>
      </div>
    </div>
  </section>`;
}
