import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';

/** `sha256:` and the hex digest of the canonical JSON of `artifact` without its `contentHash`. */
export function contentHash(artifact: Readonly<Record<string, unknown>>): string {
  const content = { ...artifact, contentHash: undefined };
  return `sha256:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
}
