import type { ConfusionMatrix } from '@inferserve/evaluation';
import type { Axis, Spec } from 'vega' with { 'resolution-mode': 'import' };
import { FAINT_INK, FONT, heading, INK, numbers, rectangles } from './confusion-matrix.marks';

const CELL = 112;
const PADDING = { left: 136, right: 40, top: 92, bottom: 84 };
const HEADING_X = -112;
/** From a small to the whole share of a row; each dark end has a contrast of over 5 : 1 with white. */
const RIGHT = ['#d3e6ec', '#0f5a73'];
const WRONG = ['#fbe0cf', '#b3410d'];

/** The words of the chart. */
export interface ConfusionMatrixText {
  readonly title: string;
  readonly subtitle: string;
  readonly classes: readonly string[];
}

/**
 * A Vega specification: a row for each true class and a column for each predicted one; right cells are blue
 * and wrong ones orange, the darker the greater their share of the row.
 */
export function confusionMatrixChart(matrix: ConfusionMatrix, text: ConfusionMatrixText): Spec {
  const classes = [...text.classes];
  const size = CELL * classes.length;
  return {
    background: 'white',
    // Fixed places all over: Vega would otherwise make room for text by the fonts of the machine.
    autosize: 'none',
    padding: PADDING,
    width: size,
    height: size,
    data: [{ name: 'cells', values: matrix.flatMap((counts, i) => cells(counts, i, classes)) }],
    scales: [
      { name: 'x', type: 'band', domain: classes, range: 'width', padding: 0.02 },
      { name: 'y', type: 'band', domain: classes, range: 'height', padding: 0.02 },
      { name: 'right', type: 'linear', domain: [0, 1], range: RIGHT },
      { name: 'wrong', type: 'linear', domain: [0, 1], range: WRONG },
    ],
    axes: [
      axis('bottom', 'x', 'predicted class', { titleX: size / 2, titleY: 58 }),
      axis('left', 'y', 'true class', { titleX: -108, titleY: size / 2, titleAngle: -90 }),
    ],
    marks: [
      heading(text.title, HEADING_X, -50, { fontSize: 21, fontWeight: 600, fill: INK }),
      heading(text.subtitle, HEADING_X, -24, { fontSize: 14, fontWeight: 400, fill: FAINT_INK }),
      rectangles(),
      numbers(),
    ],
  };
}

function cells(counts: readonly number[], row: number, classes: readonly string[]) {
  const support = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count, column) => ({
    truth: classes[row],
    predicted: classes[column],
    count,
    share: count / Math.max(support, 1),
    right: row === column,
  }));
}

function axis(orient: 'bottom' | 'left', scale: string, title: string, place: Partial<Axis>): Axis {
  return {
    orient,
    scale,
    title,
    domain: false,
    ticks: false,
    labelPadding: 10,
    labelFont: FONT,
    labelFontSize: 15,
    labelColor: INK,
    titleFont: FONT,
    titleFontSize: 14,
    titleFontWeight: 400,
    titleColor: FAINT_INK,
    titleAlign: 'center',
    titleBaseline: 'middle',
    ...place,
  };
}
