import type { Artifact } from '@inferserve/model';
import type { FoundStep, ImportedModel } from '@inferserve/model-import';
import { formatConfusionMatrix } from '@inferserve/training';
import type { RowCheck } from './check-rows';

const MAX_LISTED = 12;

/** What `inferserve import` found, as a table of one line a fact. */
export function importReport({ artifact, steps }: ImportedModel): string {
  const { provenance, verification, model } = artifact;
  const files = provenance.sourceFiles?.map(({ name }) => name).join(' and ');
  const writer = provenance.sklearnVersion ? `, scikit-learn ${provenance.sklearnVersion}` : '';
  return table([
    ['model', [`${artifact.name} ${artifact.version}`]],
    ['from', [`${files}: ${provenance.sourceFormat}${writer}`]],
    ['steps', stepLines(steps)],
    ['features', [listed(artifact.input.features.map(({ name }) => name))]],
    ['classes', [listed(artifact.classes.map((label) => JSON.stringify(label)))]],
    ['probabilities', [model.probability]],
    ['verified', [`${verification.cases.length} rows, to ${verification.tolerance}`]],
    ['warnings', provenance.warnings ?? []],
  ]);
}

/** The figures of `--check`. */
export function checkReport({ metrics, mostFrequent }: RowCheck, { classes }: Artifact): string {
  const right = Math.round(metrics.accuracy * metrics.n);
  const lines = [
    `Checked on ${metrics.n} rows: ${right} right, accuracy ${percent(metrics.accuracy)}` +
      `${metrics.logLoss === undefined ? '' : `, log-loss ${metrics.logLoss.toFixed(4)}`}`,
    '',
    formatConfusionMatrix(metrics.confusionMatrix, classes),
  ];
  if (metrics.accuracy <= mostFrequent.share) {
    lines.push(
      `That is no better than answering "${mostFrequent.label}" to everything (${percent(mostFrequent.share)}): ` +
        'the rows are hardly what this model was trained on. Is its scaler missing?\n',
    );
  }
  return lines.join('\n');
}

export function stepLines(steps: readonly FoundStep[]): string[] {
  const width = Math.max(...steps.map(({ type }) => type.length));
  return steps.map(({ type, name, detail }) =>
    `${type.padEnd(width)}  ${detail ?? ''}${name === undefined ? '' : `  "${name}"`}`.trimEnd(),
  );
}

/** The first names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const rest = names.length - MAX_LISTED;
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return `${names.length}: ${shown}${rest > 0 ? `, … (${rest} more)` : ''}`;
}

/** Facts under their names; a fact of several lines goes on below. */
export function table(
  facts: readonly (readonly [name: string, lines: readonly string[]])[],
): string {
  const width = Math.max(...facts.map(([name]) => name.length));
  return facts
    .flatMap(([name, lines]) =>
      lines.map((line, index) => `${(index === 0 ? name : '').padEnd(width)}  ${line}\n`),
    )
    .join('');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
