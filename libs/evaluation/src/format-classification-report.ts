import type { ClassLabel } from '@inferserve/model';
import type { ClassFigures, ClassificationReport } from './classification-report';

const DIGITS = 2;
const COLUMNS = ['precision', 'recall', 'f1-score', 'support'] as const;
const WIDTH = 9;
const NAMES_OF_AVERAGES = 'weighted avg';

/** The report as text, laid out as scikit-learn prints it; ends with a line feed. */
export function formatClassificationReport(
  report: ClassificationReport,
  classes: readonly ClassLabel[],
): string {
  const nameWidth = Math.max(
    NAMES_OF_AVERAGES.length,
    ...classes.map((label) => String(label).length),
  );
  const line = (name: ClassLabel, cells: readonly string[]): string =>
    `${String(name).padStart(nameWidth)} ${cells.map((cell) => ` ${cell.padStart(WIDTH)}`).join('')}`;
  const figures = (name: ClassLabel, { precision, recall, f1, support }: ClassFigures): string =>
    line(name, [...[precision, recall, f1].map((value) => value.toFixed(DIGITS)), String(support)]);
  return `${[
    line('', COLUMNS),
    '',
    ...report.classes.map((ofClass, k) => figures(classes[k]!, ofClass)),
    '',
    line('accuracy', [
      '',
      '',
      report.accuracy.toFixed(DIGITS),
      String(report.macroAverage.support),
    ]),
    figures('macro avg', report.macroAverage),
    figures(NAMES_OF_AVERAGES, report.weightedAverage),
  ].join('\n')}\n`;
}
