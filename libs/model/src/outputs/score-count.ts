import { ArtifactError } from '../artifact/artifact.error';

/**
 * Checks that there is one score for each class, or, where that is allowed, a single one for two classes.
 * @throws ArtifactError under `path`
 */
export function checkScoreCount(
  scores: Float64Array,
  classCount: number,
  path: string,
  single: 'only' | 'allowed' | 'never',
): void {
  const isSingle = scores.length === 1 && classCount === 2;
  if (single === 'only' ? isSingle : scores.length === classCount || isSingle) {
    if (!isSingle || single !== 'never') return;
  }
  const wanted = single === 'only' ? 'one score and two classes' : `one score for each class`;
  throw new ArtifactError(
    path,
    `needs ${wanted}, but the predictor gives ${scores.length} for ${classCount} classes`,
  );
}
