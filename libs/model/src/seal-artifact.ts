import type { Artifact, ArtifactContent } from './artifact';
import { contentHash } from './content-hash';

/** The artifact that `content` describes, complete with format, schema version and content hash. */
export function sealArtifact(content: ArtifactContent): Artifact {
  const artifact = { format: 'linear-classifier', schemaVersion: 1, ...content } as const;
  return { ...artifact, contentHash: contentHash(artifact) };
}
