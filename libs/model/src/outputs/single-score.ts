import { ArtifactError } from '../artifact/artifact.error';

/**
 * Reads the only score.
 * @throws ArtifactError under `path` where there are several
 */
export function singleScore(scores: Float64Array, path: string): () => number {
  if (scores.length === 1) return () => scores[0]!;
  throw new ArtifactError(path, `needs one score, but the predictor gives ${scores.length}`);
}
