import type { ClassLabel } from '@inferserve/model';
import { html, type Html } from '../html';
import { classTablePart, leastRecognisedPart } from './class-table.part';

const CELL = 64;
const MARGIN = 110;
const TOP = 28;
/** More classes than this do not fit a page. */
const MAX_CLASSES = 12;
const MAX_LABEL = 14;

/** True classes in rows, predicted ones in columns; of more classes than a page has room for those that went worst. */
export function confusionMatrixPart(
  matrix: readonly (readonly number[])[],
  classes: readonly ClassLabel[],
): Html {
  if (matrix.length > MAX_CLASSES) return leastRecognisedPart(matrix, classes);
  const size = MARGIN + CELL * matrix.length;
  const cells = matrix.flatMap((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, j) => {
      const share = total > 0 ? count / total : 0;
      const [x, y] = [MARGIN + j * CELL, TOP + i * CELL];
      return html`<g class="${i === j ? 'right' : 'wrong'}">
        <rect
          class="ground"
          x="${x + 1}"
          y="${y + 1}"
          width="${CELL - 2}"
          height="${CELL - 2}"
          rx="6"
        />
        <rect
          x="${x + 1}"
          y="${y + 1}"
          width="${CELL - 2}"
          height="${CELL - 2}"
          rx="6"
          fill-opacity="${(0.85 * share).toFixed(2)}"
        />
        <text class="${share > 0.55 ? 'on' : 'off'}" x="${x + CELL / 2}" y="${y + CELL / 2}"
          >${count}</text
        >
      </g>`;
    });
  });
  const labels = classes.map((label, i) => {
    const [text, at] = [shortened(String(label)), i * CELL + CELL / 2];
    return html`<text class="row" x="${MARGIN - 10}" y="${TOP + at}">${text}</text>
      <text class="column" x="${MARGIN + at}" y="${TOP - 12}">${text}</text>`;
  });
  return html`<svg
      class="confusion"
      viewBox="0 0 ${size} ${size - MARGIN + TOP}"
      role="img"
      aria-label="${spoken(matrix, classes)}"
    >
      <text class="row corner" x="${MARGIN - 10}" y="${TOP - 12}">true \\ predicted</text>
      ${labels} ${cells}
    </svg>
    ${classTablePart(matrix, classes)}`;
}

function shortened(label: string): string {
  return label.length > MAX_LABEL ? `${label.slice(0, MAX_LABEL - 1)}…` : label;
}

function spoken(matrix: readonly (readonly number[])[], classes: readonly ClassLabel[]): string {
  const rows = matrix.map((row, i) => {
    const counts = row.flatMap((count, j) =>
      count > 0 ? [`${count} as ${String(classes[j])}`] : [],
    );
    return `${String(classes[i])} was predicted ${counts.join(', ') || 'never'}`;
  });
  return `Confusion matrix. ${rows.join('; ')}.`;
}
