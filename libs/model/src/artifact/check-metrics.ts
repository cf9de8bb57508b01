import type { Artifact } from './artifact';
import { ArtifactError } from './artifact.error';

/**
 * Checks that figures belong to this model: a confusion matrix counts its classes, only a regressor has pairs.
 * @throws ArtifactError with the path of those that do not
 */
export function checkMetrics(artifact: Artifact): void {
  const size = artifact.task === 'classification' ? artifact.classes.length : 0;
  for (const [rows, { confusionMatrix: matrix, pairs }] of Object.entries(artifact.metrics ?? {})) {
    const isSquare = matrix?.length === size && matrix.every(({ length }) => length === size);
    if (matrix && (size === 0 || !isSquare)) {
      const problem =
        size === 0 ? 'is for classifiers' : `must be ${size} × ${size}, as the classes`;
      throw new ArtifactError(`metrics.${rows}.confusionMatrix`, problem);
    }
    if (pairs && size > 0) throw new ArtifactError(`metrics.${rows}.pairs`, 'are for regressors');
  }
}
