import type { ImportedModel } from '@inferserve/model-import';
import { listed } from '../terminal/listed';
import { table } from '../terminal/table';
import { stepLines } from './step-lines';

/** What `inferserve import` found, one fact per row. */
export function importReport({ artifact, steps }: ImportedModel): string {
  const { provenance, verification, model } = artifact;
  const files = provenance.sourceFiles?.map(({ name }) => name).join(' and ');
  const writer = provenance.sklearnVersion ? `, scikit-learn ${provenance.sklearnVersion}` : '';
  return table([
    ['model', [`${artifact.name} ${artifact.version}`]],
    ['source', [`${files}: ${provenance.sourceFormat}${writer}`]],
    ['steps', stepLines(steps)],
    ['features', [listed(artifact.input.features.map(({ name }) => name))]],
    ['classes', [listed(artifact.classes.map((label) => JSON.stringify(label)))]],
    ['probabilities', [model.probability]],
    ['verified', [`${verification.cases.length} rows, tolerance ${verification.tolerance}`]],
    ['warnings', provenance.warnings ?? []],
  ]);
}
