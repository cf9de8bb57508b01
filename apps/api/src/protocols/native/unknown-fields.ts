import { nearestName } from '@inferserve/model';
import type { InputFault } from '../../http/errors/problem';

/** More unknown fields than this are counted, not listed, so that an answer stays small. */
const MAX_LISTED = 20;
const MAX_NAME_SHOWN = 64;

/** The faults of the fields of `record`, which stands at `path` of the body, that are not among the `known`. */
export function unknownFieldFaults(
  record: object,
  known: ReadonlySet<string>,
  path: InputFault['path'],
): InputFault[] {
  const unknown = Object.keys(record).filter((name) => !known.has(name));
  const names = unknown.length > 0 ? [...known] : [];
  const faults = unknown.slice(0, MAX_LISTED).map((name): InputFault => {
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? '' : `. Did you mean "${nearest}"?`;
    return {
      in: 'body',
      path: [...path, name.slice(0, MAX_NAME_SHOWN)],
      message: `Unknown field${hint}`,
      type: 'extra_forbidden',
    };
  });
  const rest = unknown.length - faults.length;
  if (rest > 0) {
    const message = `${rest} more unknown fields`;
    faults.push({ in: 'body', path, message, type: 'extra_forbidden' });
  }
  return faults;
}
