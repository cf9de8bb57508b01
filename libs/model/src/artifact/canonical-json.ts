import { ArtifactError } from './artifact.error';

/** An artifact has five levels, its record of the training a few more. */
const MAX_DEPTH = 64;

/**
 * The one text of a JSON value: keys sorted by UTF-16 code units, no white space, numbers as ECMAScript
 * prints them (RFC 8785). Members that are `undefined` are left out.
 * @throws ArtifactError beyond 64 levels
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new ArtifactError('artifact', `is nested deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) {
    return `[${value.map((element) => canonicalJson(element, depth + 1)).join(',')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, depth + 1)}`);
  return `{${members.join(',')}}`;
}
