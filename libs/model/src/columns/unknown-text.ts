import { nearestName } from '../nearest-name';

/** More known values than this are not listed in a fault. */
export const MAX_LISTED = 20;

/** More names than this are not compared: every faulty row would pay for all of them. */
const MAX_COMPARED = 500;

/** What a value that is none of the known ones should have been, with the nearest name. */
export function unknownText(
  given: unknown,
  values: readonly (string | number | boolean)[],
): string {
  const listed = values.slice(0, MAX_LISTED).map((known) => JSON.stringify(known));
  const more = values.length > MAX_LISTED ? `, and ${values.length - MAX_LISTED} more` : '';
  const names = values.slice(0, MAX_COMPARED).filter((known) => typeof known === 'string');
  const nearest = typeof given === 'string' ? nearestName(given, names) : undefined;
  const hint = nearest === undefined ? '' : `. Did you mean ${JSON.stringify(nearest)}?`;
  return `Input should be one of ${listed.join(', ')}${more}${hint}`;
}
