import type { Setting, SettingDescription } from '../setting';
import { SettingValueError } from '../setting-value.error';

export interface OneOfDescription<T extends string> extends SettingDescription {
  readonly default: NoInfer<T>;
  readonly values: readonly T[];
}

/** A setting that is one of a few words. */
export function oneOf<const T extends string>(
  variable: string,
  { values, ...description }: OneOfDescription<T>,
): Setting<T> {
  return {
    variable,
    ...description,
    form: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`,
    parse: (text) => {
      const value = values.find((candidate) => candidate === text);
      if (value === undefined) throw new SettingValueError();
      return value;
    },
  };
}
