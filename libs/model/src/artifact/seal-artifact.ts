import type { Artifact, ArtifactContent } from './artifact';
import { FORMAT } from './artifact-formats';
import { contentHash } from './content-hash';

/** The artifact that `content` describes, complete with format, schema version and content hash. */
export function sealArtifact<C extends ArtifactContent>(
  content: C,
): Extract<Artifact, { task: C['task'] }> {
  const artifact = { format: FORMAT, schemaVersion: 2, ...content } as const;
  return { ...artifact, contentHash: contentHash(artifact) } as unknown as Extract<
    Artifact,
    { task: C['task'] }
  >;
}
