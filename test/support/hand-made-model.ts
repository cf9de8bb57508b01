import { type ClassificationArtifact, CompiledModel } from '@inferserve/model';
import { referenceArtifact, referenceModels } from './reference-models';

/** Index of the class that a classifier gives a row. */
export function classify(model: CompiledModel, row: readonly number[]): number {
  const answer = model.score(row);
  if (answer.task !== 'classification') throw new Error('not a classifier');
  return answer.classIndex;
}

/** The probabilities that a classifier gives a row. */
export function probabilities(
  model: CompiledModel,
  row: readonly number[],
): Float64Array | undefined {
  const answer = model.score(row);
  return answer.task === 'classification' ? answer.probabilities : undefined;
}

/** For specs: two columns, no preprocessing; enough to work scores out by hand. */
export function handMade(
  coefficients: readonly (readonly number[])[],
  output: ClassificationArtifact['output'],
  change: Partial<ClassificationArtifact> = {},
): CompiledModel {
  const [base] = referenceModels();
  const artifact = referenceArtifact({ ...base!, preprocessing: [] });
  const rows = coefficients.length;
  const classes = rows === 1 ? ['no', 'yes'] : ['a', 'b', 'c'].slice(0, rows);
  return new CompiledModel({
    ...artifact,
    columns: [
      { type: 'number', name: 'x' },
      { type: 'number', name: 'y' },
    ],
    classes,
    predictor: { type: 'linear', coefficients, intercepts: coefficients.map(() => 0) },
    output,
    ...change,
  });
}
