import type { Setting } from './setting';
import type { SETTINGS } from './settings.table';

/** The values of a table of settings, in the shape of the table. */
export type ValuesOf<T> =
  T extends Setting<infer V> ? V : { readonly [K in keyof T]: ValuesOf<T[K]> };

/** The settings of the process, one property per entry of `SETTINGS`. */
export type Environment = ValuesOf<typeof SETTINGS> & {
  /** What the operator should know about how the variables were read; for the log. */
  readonly notices: readonly string[];
};
