import type { ClassLabel } from '@inferserve/model';
import { formatConfusionMatrix } from '@inferserve/training';
import type { RowCheck } from '../rows/check-rows';

/** What `--check` measured, and a warning where the model is of no use on these rows. */
export function checkReport(
  { metrics, mostFrequent }: RowCheck,
  classes: readonly ClassLabel[],
): string {
  const right = Math.round(metrics.accuracy * metrics.n);
  const lines = [
    `Checked on ${metrics.n} rows: ${right} right, accuracy ${percent(metrics.accuracy)}` +
      `${metrics.logLoss === undefined ? '' : `, log-loss ${metrics.logLoss.toFixed(4)}`}`,
    '',
    formatConfusionMatrix(metrics.confusionMatrix, classes),
  ];
  if (metrics.accuracy <= mostFrequent.share) {
    lines.push(
      `Always answering "${mostFrequent.label}" would be as accurate (${percent(mostFrequent.share)}). ` +
        'These rows probably do not match the training data. Is its scaler missing?\n',
    );
  }
  return lines.join('\n');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
