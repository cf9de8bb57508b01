import type { ClassLabel } from '@inferserve/model';
import { html, type Html } from '../html';
import { numberText, percentText } from './number-text';

type Matrix = readonly (readonly number[])[];

/** Of more classes than a page has room for, these are listed. */
const LEAST_RECOGNISED = 10;

/** Recall and precision of each class, as text for those who do not see the picture of the matrix. */
export function classTablePart(matrix: Matrix, classes: readonly ClassLabel[]): Html {
  const rows = matrix.map((counts, k) => {
    const predicted = sum(matrix.map((row) => row[k]!));
    return tableRow(classes[k]!, counts, k, shareText(counts[k]!, predicted));
  });
  return html`<details>
    <summary>By class</summary>
    ${table('precision', rows)}
  </details>`;
}

/** The classes that were recognised least, and what each was taken for most often. */
export function leastRecognisedPart(matrix: Matrix, classes: readonly ClassLabel[]): Html {
  const recallOf = (k: number): number => matrix[k]![k]! / sum(matrix[k]!);
  const least = [...matrix.keys()]
    .filter((k) => sum(matrix[k]!) > 0)
    .sort((a, b) => recallOf(a) - recallOf(b))
    .slice(0, LEAST_RECOGNISED);
  const rows = least.map((k) => {
    const mistakes = matrix[k]!.map((count, j) => (j === k ? 0 : count));
    const most = Math.max(...mistakes);
    const text = most > 0 ? `${String(classes[mistakes.indexOf(most)])} (${most})` : '–';
    return tableRow(classes[k]!, matrix[k]!, k, text);
  });
  return html`<p class="hint">
      The ${least.length} of ${matrix.length} classes that were recognised least
    </p>
    ${table('mostly taken for', rows)}`;
}

function table(last: string, rows: readonly Html[]): Html {
  const headings = ['class', 'rows', 'recall', last];
  return html`<table class="by-class">
    <thead>
      <tr>
        ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function tableRow(label: ClassLabel, counts: readonly number[], k: number, last: string): Html {
  const rows = sum(counts);
  return html`<tr>
    <th scope="row">${String(label)}</th>
    <td>${numberText(rows)}</td>
    <td>${shareText(counts[k]!, rows)}</td>
    <td>${last}</td>
  </tr>`;
}

/** A dash where there is nothing to have a share of. */
function shareText(part: number, whole: number): string {
  return whole > 0 ? percentText(part / whole) : '–';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
