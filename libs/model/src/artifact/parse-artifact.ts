import * as v from 'valibot';
import { type Artifact, artifactSchema } from './artifact';
import { ArtifactError } from './artifact.error';
import { contentHash } from './content-hash';
import { faultOf } from './schema-fault';
import { isVersion1, upgradeVersion1 } from './upgrade-version-1';

/**
 * Reads an artifact out of JSON text and trusts none of it: members, types and the content hash are
 * checked; a version 1 artifact is converted. Whether its parts fit one another and reproduce its
 * verification cases is `compileArtifact`'s to say.
 * @throws ArtifactError with the path of the first fault
 */
export function parseArtifact(text: string): Artifact {
  const document = parseJson(text);
  checkHash(document);
  const current = isVersion1(document) ? upgradeVersion1(document) : document;
  const result = v.safeParse(artifactSchema, current, { abortEarly: true });
  if (!result.success) throw faultOf(result.issues[0]);
  return current as Artifact;
}

function parseJson(text: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(text) as unknown;
  } catch (cause) {
    throw new ArtifactError('artifact', 'is not JSON', undefined, { cause });
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new ArtifactError('artifact', 'must be a JSON object');
  }
  return document as Readonly<Record<string, unknown>>;
}

function checkHash(document: Readonly<Record<string, unknown>>): void {
  if (document.contentHash === contentHash(document)) return;
  throw new ArtifactError(
    'contentHash',
    'does not match the content: the file was changed after it was made',
  );
}
