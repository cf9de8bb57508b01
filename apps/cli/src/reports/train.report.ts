import {
  classificationReport,
  formatClassificationReport,
  formatConfusionMatrix,
} from '@inferserve/evaluation';
import type { CrossValidation, Spread, TrainingResult } from '@inferserve/training';

/** What `inferserve train` prints: figures on the test rows, then those of the cross-validation. */
export function trainReport({ artifact, train, test, crossValidation }: TrainingResult): string {
  const report = classificationReport(test.confusionMatrix);
  return `${artifact.name} ${artifact.version}: trained on ${train.n} rows, tested on ${test.n} others

${formatClassificationReport(report, artifact.classes)}
${formatConfusionMatrix(test.confusionMatrix, artifact.classes)}
${crossValidationReport(crossValidation)}`;
}

function crossValidationReport(result: CrossValidation): string {
  const { repeats, folds, accuracy, logLoss, brier } = result;
  const figures: [string, Spread | undefined][] = [
    ['accuracy', accuracy],
    ['log-loss', logLoss],
    ['Brier', brier],
  ];
  const lines = figures
    .filter((figure): figure is [string, Spread] => figure[1] !== undefined)
    .map(([name, { mean, deviation }]) => {
      return `${name.padStart(12)}  ${mean.toFixed(3)} ± ${deviation.toFixed(3)}\n`;
    });
  return `Cross-validation, ${repeats} × stratified ${folds}-fold, the scaler fitted inside each fold
(mean ± standard deviation over the ${repeats * folds} folds):
${lines.join('')}`;
}
