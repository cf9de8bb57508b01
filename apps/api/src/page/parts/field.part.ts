import { type Baseline, type ColumnSpec, type InputValue } from '@inferserve/model';
import { html, type Html } from '../html';
import { categorySharesPart } from './category-shares.part';
import { histogramPart } from './histogram.part';
import { numberText, percentText } from './number-text';

type Distribution = Baseline['columns'][string];
type Range = readonly [least: number, most: number];

/** More values of a category than this are typed, not chosen. */
const MAX_OPTIONS = 500;

/** One column of the form: what it takes, how it was distributed, and a control that holds `value`. */
export function fieldPart(
  column: ColumnSpec,
  index: number,
  value: InputValue,
  distribution: Distribution | undefined,
): Html {
  const id = `column-${index}`;
  const unit = 'unit' in column ? column.unit : undefined;
  const text = hint(column, distribution);
  const described = `${text && `${id}-hint `}${id}-fault`;
  return html`<div
    class="field"
    data-column="${column.name}"
    ${isNullable(column) && html`data-nullable`}
  >
    <label for="${id}">${column.name}${unit !== undefined && html` <small>${unit}</small>`}</label>
    ${control(column, id, value, described, distribution)}
    ${text !== '' && html`<p class="hint" id="${id}-hint">${text}</p>`}
    <p class="fault" id="${id}-fault" hidden></p>
  </div>`;
}

function control(
  column: ColumnSpec,
  id: string,
  value: InputValue,
  described: string,
  distribution: Distribution | undefined,
): Html {
  if (column.type === 'text') {
    return html`<textarea id="${id}" aria-describedby="${described}" rows="4">
${String(value ?? '')}</textarea>`;
  }
  const values = valuesOf(column);
  if (values && values.length <= MAX_OPTIONS) {
    const options = [...(isNullable(column) ? [null] : []), ...values].map(
      (option) =>
        html`<option value="${JSON.stringify(option)}" ${option === value && html`selected`}>
          ${option === null ? 'missing' : String(option)}
        </option>`,
    );
    return html`<select id="${id}" aria-describedby="${described}">
        ${options}
      </select>
      ${distribution?.type === 'shares' && categorySharesPart(values, distribution)}`;
  }
  const takesNumbers =
    column.type === 'number' || values?.every((known) => typeof known === 'number');
  const input = html`<input
    id="${id}"
    type="${takesNumbers ? 'number' : 'text'}"
    step="any"
    value="${value === null ? '' : String(value)}"
    aria-describedby="${described}"
    ${isNullable(column) && html`placeholder="missing"`}
  />`;
  const range = column.type === 'number' && rangeOf(column, distribution);
  if (!range) return input;
  return html`<div class="dial">
    <div class="scale">
      ${distribution?.type === 'quantiles' && histogramPart(distribution)}
      ${slider(column.name, range, Number(value ?? range[0]))}
      <p class="ends" aria-hidden="true">
        <span>${numberText(range[0])}</span><span>${numberText(range[1])}</span>
      </p>
    </div>
    ${input}
  </div>`;
}

function slider(name: string, [least, most]: Range, value: number): Html {
  return html`<input
    type="range"
    aria-label="${name}, slider"
    min="${least}"
    max="${most}"
    step="${stepOf(most - least)}"
    value="${value}"
  />`;
}

/** What the baseline knows of the training rows, which the bars show, or else the column itself. */
function rangeOf(column: ColumnSpec, distribution: Distribution | undefined): Range | undefined {
  const { observedMin, observedMax } = column as { observedMin?: number; observedMax?: number };
  const [least, most] =
    distribution?.type === 'quantiles'
      ? [distribution.quantiles[0]!, distribution.quantiles.at(-1)!]
      : [observedMin, observedMax];
  return least !== undefined && most !== undefined && least < most ? [least, most] : undefined;
}

/** A power of ten that gives a slider a hundred steps or more. */
function stepOf(width: number): number {
  return Number(10 ** Math.floor(Math.log10(width / 100)));
}

function valuesOf(column: ColumnSpec): readonly (string | number | boolean)[] | undefined {
  if (column.type === 'boolean') return [false, true];
  return (column as { values?: readonly (string | number | boolean)[] }).values;
}

function isNullable(column: ColumnSpec): boolean {
  return 'nullable' in column && column.nullable === true;
}

function hint(column: ColumnSpec, distribution: Distribution | undefined): string {
  const missing = distribution?.missing ?? 0;
  if (missing > 0) return `${percentText(missing)} missing`;
  // A select has a choice for it.
  return isNullable(column) && !valuesOf(column) ? 'may be missing' : '';
}
