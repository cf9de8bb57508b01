import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

/** A whole number within bounds, both included. */
export interface IntegerDescription extends SettingDescription {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** A setting that is a whole number, written in decimal digits. */
export function integer(
  variable: string,
  { default: fallback, min, max, ...description }: IntegerDescription,
): Setting<number> {
  return {
    variable,
    ...description,
    form: `a whole number from ${min} to ${max}`,
    default: String(fallback),
    parse: (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= min && value <= max)) throw new SettingValueError();
      return value;
    },
  };
}
