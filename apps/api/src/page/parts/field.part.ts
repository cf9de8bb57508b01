import { type Baseline, type ColumnSpec, type InputValue } from '@inferserve/model';
import { html, type Html } from '../html';
import { histogramPart } from './histogram.part';
import { numberText, percentText } from './number-text';

type Distribution = Baseline['columns'][string];

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
  return html`<div class="field" data-column="${column.name}" data-kind="${column.type}">
    <label for="${id}">${column.name}${unit !== undefined && html` <small>${unit}</small>`}</label>
    ${control(column, id, value, distribution)}
    <p class="hint" id="${id}-hint">${hint(column, distribution)}</p>
    <p class="fault" id="${id}-fault" hidden></p>
  </div>`;
}

function control(
  column: ColumnSpec,
  id: string,
  value: InputValue,
  distribution: Distribution | undefined,
): Html {
  const described = `${id}-hint ${id}-fault`;
  const values = valuesOf(column);
  if (column.type === 'text') {
    return html`<textarea id="${id}" aria-describedby="${described}" rows="4">
${String(value ?? '')}</textarea>`;
  }
  if (values && values.length <= MAX_OPTIONS) {
    const options = [...(isNullable(column) ? [null] : []), ...values].map(
      (option) =>
        html`<option value="${JSON.stringify(option)}" ${option === value && html`selected`}>
          ${option === null ? 'missing' : String(option)}
        </option>`,
    );
    return html`<select id="${id}" aria-describedby="${described}">
      ${options}
    </select>`;
  }
  const text = value === null ? '' : String(value);
  if (column.type !== 'number') {
    return html`<input id="${id}" type="text" value="${text}" aria-describedby="${described}" />`;
  }
  const range = rangeOf(column, distribution);
  return html`${
      distribution?.type === 'quantiles' &&
      histogramPart(distribution.quantiles, distribution.shares)
    }
    ${range && slider(column.name, range, Number(value ?? range[0]))}
    <input
      id="${id}"
      type="number"
      step="any"
      value="${text}"
      aria-describedby="${described}"
      ${isNullable(column) && html`placeholder="missing"`}
    />`;
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

type Range = readonly [least: number, most: number];

function rangeOf(column: ColumnSpec, distribution: Distribution | undefined): Range | undefined {
  const { observedMin, observedMax } = column as { observedMin?: number; observedMax?: number };
  const stated = observedMin !== undefined && observedMax !== undefined;
  const range: Range | undefined = stated
    ? [observedMin, observedMax]
    : distribution?.type === 'quantiles'
      ? [distribution.quantiles[0]!, distribution.quantiles.at(-1)!]
      : undefined;
  return range && range[0] < range[1] ? range : undefined;
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
  const range = column.type === 'number' ? rangeOf(column, distribution) : undefined;
  const missing = distribution?.missing ?? 0;
  return [
    range ? `${numberText(range[0])} to ${numberText(range[1])} in the training rows` : column.type,
    ...(isNullable(column) ? ['may be missing'] : []),
    ...(missing > 0 ? [`${percentText(missing)} were missing`] : []),
  ].join(', ');
}
