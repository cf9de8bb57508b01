import type { ClassLabel } from '@inferserve/model';
import type { ImportedModel } from '@inferserve/model-import';
import { listed } from '../terminal/listed';
import { table } from '../terminal/table';
import { stepLines } from './step-lines';

/** What `inferserve import` found, one fact per row. */
export function importReport({ artifact, steps }: ImportedModel): string {
  const { provenance, verification, columns, output, baseline } = artifact;
  const files = provenance.sourceFiles?.map(({ name }) => name).join(' and ');
  const writer = provenance.sklearnVersion ? `, scikit-learn ${provenance.sklearnVersion}` : '';
  return table([
    ['model', [`${artifact.name} ${artifact.version}`]],
    ['source', [`${files}: ${provenance.sourceFormat}${writer}`]],
    ['steps', stepLines(steps)],
    ['task', [artifact.task]],
    ['columns', [listed(columns.map(({ name }) => name))]],
    ['classes', artifact.task === 'classification' ? [listed(artifact.classes.map(quoted))] : []],
    ['output', [output.type]],
    ['verified', [`${verification.cases.length} rows, tolerance ${verification.tolerance}`]],
    ['baseline', baseline ? [`${baseline.rows} rows`] : []],
    ['warnings', provenance.warnings ?? []],
  ]);
}

function quoted(label: ClassLabel): string {
  return JSON.stringify(label);
}
