import { type Artifact, exampleRow } from '@inferserve/model';
import type { OpenedModel } from '../models/open-model';
import { listed } from '../terminal/listed';
import { table } from '../terminal/table';

/** A command that nobody would copy; the documentation has the example too. */
const MAX_EXAMPLE = 4_000;

/** What the server answers with, one model after the other; `names` are those it is served under. */
export function modelsReport(models: readonly (OpenedModel & { readonly name: string })[]): string {
  return models.map(modelReport).join('\n');
}

function modelReport({
  artifact,
  source,
  isConverted,
  name,
}: OpenedModel & { readonly name: string }): string {
  const { provenance, verification, columns, baseline } = artifact;
  const writer = provenance.sklearnVersion ? `, scikit-learn ${provenance.sklearnVersion}` : '';
  return table([
    ['model', [`${name} ${artifact.version}, ${artifact.task}`]],
    ['source', [isConverted ? `${source}: ${provenance.sourceFormat}${writer}` : source]],
    ['columns', [listed(columns.map((column) => column.name))]],
    [
      'classes',
      artifact.task === 'classification'
        ? [listed(artifact.classes.map((label) => JSON.stringify(label)))]
        : [],
    ],
    ['verified', [`${verification.cases.length} rows, tolerance ${verification.tolerance}`]],
    ['baseline', baseline ? [`${baseline.rows} rows`] : []],
    ['warnings', isConverted ? (provenance.warnings ?? []) : []],
  ]);
}

/** How to reach the server: a command with values that the default model takes, and where to look. */
export function addressesReport(
  url: string,
  artifact: Artifact,
  others: readonly string[],
): string {
  const { input } = exampleRow(artifact);
  const row = JSON.stringify(
    Object.fromEntries(artifact.columns.map(({ name }, j) => [name, input[j]])),
  );
  const command =
    row.length > MAX_EXAMPLE
      ? `The rows are long: ${url}/docs has an example.`
      : `curl -X POST ${url}/predict -H 'Content-Type: application/json' \\\n  -d '${row.replaceAll("'", String.raw`'\''`)}'`;
  const routes = others.map((name) => `${url}/models/${name}/predict`);
  return `${command}\n\n${table([
    ['page', [`${url}/`]],
    ['docs', [`${url}/docs`]],
    ['others', routes],
    ['stop', ['Ctrl+C']],
  ])}`;
}
