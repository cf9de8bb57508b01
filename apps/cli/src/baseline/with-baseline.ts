import { type Artifact, compileArtifact, sealArtifact } from '@inferserve/model';
import type { OutputStream } from '../terminal/terminal';
import { readBaseline } from './read-baseline';

/**
 * The same model with the baseline that the rows of a file give; without a file the model as it is.
 * @throws CommandError as `readBaseline` does
 */
export async function withBaseline(
  artifact: Artifact,
  path: string | undefined,
  progress: OutputStream,
): Promise<Artifact> {
  if (path === undefined) return artifact;
  const baseline = await readBaseline(compileArtifact(artifact), path, progress);
  const { format: _, schemaVersion: __, contentHash: ___, ...content } = artifact;
  return sealArtifact({ ...content, baseline });
}
