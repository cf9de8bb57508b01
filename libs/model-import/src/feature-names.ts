import { ModelImportError } from './files/bytes/model-import.error';
import type { Feature } from '@inferserve/model';
import type { LinearSource } from './linear-source';

/**
 * The features of the artifact. Names come from the file or else from the caller; they are never made up.
 * @throws ModelImportError where nobody names them, or both do and disagree
 */
export function featuresOf(
  source: LinearSource,
  given: readonly string[] | undefined,
): readonly Feature[] {
  const { featureCount, featureNames, observed } = source;
  const names = featureNames ?? given;
  if (!names) {
    throw new ModelImportError(
      `does not name its ${featureCount} features`,
      `Name them in the order of the training columns: --features ${exampleNames(featureCount)}`,
    );
  }
  if (given && (given.length !== featureCount || new Set(given).size !== featureCount)) {
    throw new ModelImportError(
      `needs ${featureCount} different feature names, not ${given.length}`,
      'Correct --features.',
    );
  }
  if (given && featureNames?.some((name, j) => name !== given[j])) {
    throw new ModelImportError(
      `was fitted on features named ${featureNames.slice(0, 5).join(', ')}`,
      'Leave --features out: requests use the names of the training columns.',
    );
  }
  return names.map((name, j) => ({
    name,
    ...(observed && { observedMin: observed.min[j]!, observedMax: observed.max[j]! }),
  }));
}

function exampleNames(count: number): string {
  return count <= 4 ? ['a', 'b', 'c', 'd'].slice(0, count).join(',') : `a,b,c,… (${count} names)`;
}
