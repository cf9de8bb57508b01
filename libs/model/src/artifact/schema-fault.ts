import * as v from 'valibot';
import { ArtifactError } from './artifact.error';

/** The first fault that a schema found, as an error with its path: `pipeline[0].scale[2]`. */
export function faultOf(issue: v.BaseIssue<unknown>): ArtifactError {
  const { issue: deepest, path } = resolve(issue, []);
  const text = path.reduce<string>(
    (parent, key) =>
      typeof key === 'number' ? `${parent}[${key}]` : parent === '' ? key : `${parent}.${key}`,
    '',
  );
  return new ArtifactError(text || 'artifact', problemOf(deepest));
}

type Key = string | number;

/** Follows an alternative into the branch that came furthest: a list with one bad number, not "no object". */
function resolve(
  issue: v.BaseIssue<unknown>,
  parent: readonly Key[],
): { readonly issue: v.BaseIssue<unknown>; readonly path: readonly Key[] } {
  const own = issue.path?.map((item) =>
    item.type === 'array' ? Number(item.key) : String(item.key),
  );
  // A missing or unknown member is a fault of the object that should or should not have it.
  const isKeyIssue = issue.type === 'strict_object' && own !== undefined;
  const path = [...parent, ...(isKeyIssue ? own.slice(0, -1) : (own ?? []))];
  if (issue.type !== 'union' || !issue.issues) return { issue, path };
  const isArray = Array.isArray(issue.input);
  const inner = issue.issues
    .filter((sub) => sub.path !== undefined)
    .find((sub) => (sub.path![0].type === 'array') === isArray);
  return inner ? resolve(inner, path) : { issue, path };
}

function problemOf(issue: v.BaseIssue<unknown>): string {
  const key = issue.path?.at(-1)?.key;
  if (issue.type === 'strict_object' && issue.path !== undefined) {
    return issue.expected === 'never'
      ? `"${String(key).slice(0, 64)}" is not a known member`
      : `"${String(key)}" is missing`;
  }
  if (issue.type === 'check' || issue.type === 'not_value') return issue.message;
  if (issue.expected === null) return issue.message.replace(/: Received .*/, '');
  const expected = issue.expected.replaceAll(/[()]/g, '').replaceAll(' | ', ' or ');
  const received = issue.received.length <= 64 ? `, not ${issue.received}` : '';
  return `must be ${expected}${received}`;
}
