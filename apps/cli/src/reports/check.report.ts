import type { Artifact, ClassLabel } from '@inferserve/model';
import { formatConfusionMatrix } from '@inferserve/evaluation';
import { MAX_MATRIX_CLASSES } from '../rows/with-check';
import type { ClassCheck, NumberCheck, RowCheck } from '../rows/check-rows';

/** What `--check` measured, and a warning where the model is of no use on these rows. */
export function checkReport(check: RowCheck, artifact: Artifact): string {
  const classes = artifact.task === 'classification' ? artifact.classes : [];
  return 'mostFrequent' in check ? classReport(check, classes) : numberReport(check);
}

function classReport(
  { metrics, mostFrequent }: ClassCheck,
  classes: readonly ClassLabel[],
): string {
  const right = Math.round(metrics.accuracy * metrics.n);
  const lines = [
    `Checked on ${metrics.n} rows: ${right} right, accuracy ${percent(metrics.accuracy)}` +
      `${metrics.logLoss === undefined ? '' : `, log-loss ${metrics.logLoss.toFixed(4)}`}`,
    '',
    ...(classes.length > MAX_MATRIX_CLASSES
      ? []
      : [formatConfusionMatrix(metrics.confusionMatrix, classes)]),
  ];
  if (metrics.accuracy <= mostFrequent.share) {
    lines.push(
      `Always answering "${mostFrequent.label}" would be as accurate (${percent(mostFrequent.share)}). ` +
        'These rows probably do not match the training data. Is its scaler missing?\n',
    );
  }
  return lines.join('\n');
}

function numberReport({ metrics: { n, r2, mae, rmse } }: NumberCheck): string {
  const lines = [
    `Checked on ${n} rows: R² ${r2.toFixed(4)}, mean absolute error ${figure(mae)}, root mean squared error ${figure(rmse)}`,
  ];
  if (r2 <= 0) {
    lines.push(
      'Always answering the mean would be as good. These rows probably do not match the training data. ' +
        'Is its scaler missing?',
    );
  }
  return `${lines.join('\n')}\n`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(6)));
}
