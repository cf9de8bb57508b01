import type { Artifact } from '@inferserve/model';
import { ModelFolder } from './model-folder';
import { irisReferenceArtifact } from './reference-models';
import { doubleArtifact, named, numberColumn, signArtifact } from './served-models';

/** A folder with iris 1, churn 2, 3 and 10 (which has other columns), price 1 and other 1. */
export function modelsFolder(): ModelFolder {
  const columns = [
    numberColumn('age', { nullable: true, observedMin: 18, observedMax: 90, unit: 'years' }),
    { type: 'category', name: 'city', values: ['Oslo', 'Rome'], unknown: 'reject' },
  ] as const;
  const churn = signArtifact(columns, [30, 'Rome']);
  const models: readonly Artifact[] = [
    named(irisReferenceArtifact(), 'iris', '1'),
    named(churn, 'churn', '2'),
    named(churn, 'churn', '3'),
    named(signArtifact([numberColumn('x')]), 'churn', '10'),
    named(doubleArtifact(), 'price', '1'),
    named(doubleArtifact(), 'other', '1'),
  ];
  const folder = new ModelFolder();
  for (const model of models) folder.put(model);
  return folder;
}
