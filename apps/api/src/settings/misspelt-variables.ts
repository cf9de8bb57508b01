import { nearestName } from '@inferserve/model';
import { flatSettings } from './flat-settings';

/** Shorter names are near to too many that belong to others: HOME to HOST, and SHELL to nothing that matters. */
const LEAST_LENGTH = 6;
const MAX_EDITS = 2;

/** Says of each variable that is set, is no setting and is nearly written like one, which one may be meant. */
export function misspeltVariables(
  variables: Readonly<Record<string, string | undefined>>,
): string[] {
  const settings = flatSettings().flatMap(({ variable, alsoFrom = [] }) => [variable, ...alsoFrom]);
  const known = new Set(settings);
  return Object.keys(variables).flatMap((name) => {
    if (known.has(name) || name.length < LEAST_LENGTH || !variables[name]) return [];
    const meant = nearestName(name, settings, MAX_EDITS);
    return meant === undefined ? [] : [`${name} is no setting of this server. Is ${meant} meant?`];
  });
}
