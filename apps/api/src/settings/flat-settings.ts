import type { Setting } from './setting';
import { SETTINGS } from './settings.table';

type Table = { readonly [key: string]: Setting<unknown> | Table };

/** Every setting in the order of the table, those of nested objects included. */
export function flatSettings(table: Table = SETTINGS): readonly Setting<unknown>[] {
  return Object.values(table).flatMap((entry) =>
    isSetting(entry) ? [entry] : flatSettings(entry),
  );
}

/** Tells an entry of the table from a nested object. */
export function isSetting(entry: Setting<unknown> | Table): entry is Setting<unknown> {
  return typeof entry['variable'] === 'string';
}
